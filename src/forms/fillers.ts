import { looksLikeQuestion } from './question-words.ts'

/** What people say while they think or to be friendly: 嗯，那个，呃 before, 嘛 呗 吧 behind. It means nothing. */

const PAUSE = '[\\s,，、.。…~!！]'
/** 额 begins names, 那个 may point at something: those need a pause behind them. */
const LEADING = new RegExp(
  `^(?:嗯+|呃+|诶+|唉+|${PAUSE}+|(?:额+|啊+|哦+|噢+|哎+|那个|这个|那|就是说?|就是那个|怎么说呢?|然后)(?=${PAUSE}))+`,
  'u',
)
/** 那个 and the like count without a pause once a sound of thinking came before. */
const AFTER_SOUND = /^(?:嗯|呃|诶|唉)[^]*?(?:那个|这个|就是)+(?=\p{Script=Han}{2})/u

/** 网吧 is a place; 35个吧 tells that a number is a guess. */
const TRAILING =
  /(?<=[\p{L}\p{N}]{2})(?:[嘛呗咯喽噻嘞呀啊哈]|(?<![网酒书水茶贴氧咖球]|[\d〇零一二三四五六七八九十百千万](?:多|来)?(?:个|人|名|位|口|亩|平米?|平方米?|㎡)?)吧)+(?=[。.!！~…\s]*$)/u

const LONGEST_END = 24

/** The words without fillers; a message of nothing else stays as it is, and a question may need its 嘛. */
export function withoutFillers(text: string): string {
  if (looksLikeQuestion(text)) return text
  const begun = text.trim()
  const sound = AFTER_SOUND.exec(begun)?.[0]
  const lead = sound !== undefined && isNothingBut(sound) ? sound : (LEADING.exec(begun)?.[0] ?? '')
  const body = begun.slice(lead.length)
  // Only the end is looked at: a long run of particles would be tried from each of them.
  const said = body.slice(0, -LONGEST_END) + body.slice(-LONGEST_END).replace(TRAILING, '')
  return /[\p{L}\p{N}]/u.test(said) ? said : text
}

const isNothingBut = (sound: string): boolean =>
  /^(?:嗯|呃|诶|唉|那个|这个|就是|[\s,，、.。…~])+$/u.test(sound)
