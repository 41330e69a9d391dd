import { smallNumber } from '../../forms/numbers.ts'
import { tidy } from '../tidy.ts'

/** Words of staff that are about no case. */
export type OfficeCommand =
  | { type: 'complaints' | 'purge' | 'agreePurge' | 'looks' | 'sent' | 'ahead' }
  /** 台账 导出; with what whole phone numbers are wanted for, if they are. */
  | { type: 'exportLedger'; purpose: string }
  /** 谁没交, perhaps at one place. */
  | { type: 'owing' | 'targets' | 'checklist'; where: string }
  /** 责任清单: all of it as a file, or a row of the list last shown, perhaps with what is to be noted. */
  | { type: 'exportChecklist' }
  | { type: 'row'; number: number; said: string }
  /** `which` is the number in the list last shown, or of the receipt. */
  | { type: 'answerComplaint'; which: string; text: string }

const WORDS: [OfficeCommand['type'], RegExp][] = [
  ['complaints', /^(投诉|看投诉|投诉列表|投诉名单)$/],
  ['purge', /^(清理|清理名单|数据清理)$/],
  ['agreePurge', /^同意清理$/],
  ['sent', /^(看?提醒|提醒记录|提醒名单|发了哪些提醒)$/],
  ['ahead', /^(提醒预览|预览提醒)$/],
  ['exportChecklist', /^(责任清单导出|导出责任清单)$/],
  ['looks', /^(查阅记录|查看记录|访问记录)$/],
]

/** What is noted stays as typed. */
const EXPORT = /^(?:台账\s*导出|(?:导出|下载)\s*台账)[。！!]?(?:[\s:：,，]+(.*))?$/su
const ROW = /^责任清单\s*第?(\d{1,3})(?:条|项|个)?(?![\d-])[\s:：,，]*(.*)$/su

export function officeCommandOf(text: string): OfficeCommand | undefined {
  const plain = tidy(text).replace(/\s+/g, '')
  const word = WORDS.find(([, pattern]) => pattern.test(plain))
  if (word) return { type: word[0] } as OfficeCommand
  const taken = EXPORT.exec(text.trim())
  if (taken) return { type: 'exportLedger', purpose: (taken[1] ?? '').trim() }
  const targets = /^(?:看看?)?目标(?:完成情况)?(|.{1,12}(?:街道|镇|社区|村))$/.exec(plain)
  if (targets) return { type: 'targets', where: targets[1] ?? '' }
  const checklist = /^(?:我的|看看?)?责任清单(|.{1,12}(?:街道|镇|社区|村))$/.exec(plain)
  if (checklist) return { type: 'checklist', where: checklist[1] ?? '' }
  const row = ROW.exec(text.trim().replace(/[０-９]/g, (digit) => digit.normalize('NFKC')))
  if (row) return { type: 'row', number: Number(row[1]), said: (row[2] ?? '').trim() }
  const owing = /^(?:看看?)?谁还?没[交报]了?(?:月报|台账)?(|.{1,12}(?:街道|镇|社区|村))$/.exec(plain)
  if (owing) return { type: 'owing', where: owing[1] ?? '' }
  // The answer itself goes to the person as typed.
  const answer =
    /^答复\s*(?:第)?(投?\d{4}-\d{4,6}|\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|条|个)?\s*[,，、:：\s]?\s*(.*)$/su.exec(
      text.trim().replace(/[０-９－]/g, (sign) => sign.normalize('NFKC')),
    )
  if (!answer) return undefined
  const [, which = '', said = ''] = answer
  const number = which.includes('-') ? which : String(smallNumber(which) ?? which)
  return { type: 'answerComplaint', which: number, text: said.trim() }
}
