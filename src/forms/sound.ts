/**
 * Which words sound alike, tones aside: 名珠 and 明珠. Chinese is sorted by its sound, so the first usual character of
 * each syllable, in that order, tells where every other character belongs. A character of several sounds counts with
 * its usual one.
 */
const FIRST_OF_SYLLABLE = [
  ...('吖哎安肮凹八掰扳邦勹卑奔崩逼边灬憋玢冫拨逋嚓猜参仓操册岑噌叉拆觇伥抄车抻柽吃充抽出揣巛疮吹春踔呲匆凑粗汆崔村搓哒呆丹当刀得灯氐嗲掂刁爹丁丢东都嘟端堆吨多婀诶恩儿' +
    '发帆匚飞分丰缶夫旮该甘冈皋戈给根庚工勾估瓜乖关光归丨呙哈咳顸夯蒿诃黑痕亨轰侯乎花怀欢肓灰昏耠丌加戋江艽阶巾京冂纠居娟噘军咔开刊康尻苛肯吭空抠刳夸蒯宽匡亏坤扩垃来' +
    '兰啷捞仂雷塄哩俩奁良撩咧拎伶溜龙娄噜驴娈掠抡罗妈埋颟邙猫么没门虻咪宀喵乜民名谬摸哞毪拿乃囡囔孬疒馁恁能妮拈娘鸟捏您宁妞农耨奴女暖疟挪喔讴趴拍潘乓抛呸喷怦丕偏剽氕' +
    '姘乒钋剖仆七掐千呛悄且亲青邛丘区悛炔逡蚺禳娆惹人扔日戎柔如阮蕤闰若仨塞三桑搔色森僧杀筛山伤捎奢谁申升尸收书刷衰闩双水吮说厶忪嗖苏狻虽孙唆他胎坍汤涛忑疼剔天佻帖厅' +
    '通偷凸湍推吞乇挖歪弯尢危温翁挝乌夕呷仙乡枭些心星凶休吁轩削勋丫恹央幺掖一因应哟佣优纡鸢曰晕匝灾糌赃遭则贼怎增扎斋沾张钊蜇贞争之中州朱抓拽专妆隹肫拙孜宗邹租钻嘴尊' +
    '嘬'),
]
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** The place of a character's syllable among all of them. */
function syllableOf(character: string): number {
  let [low, high] = [0, FIRST_OF_SYLLABLE.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (order.compare(FIRST_OF_SYLLABLE[middle] ?? '', character) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

const isHan = (character: string): boolean => /^\p{Script=Han}$/u.test(character)

/** Two different words of which every character sounds like its counterpart. */
export function soundAlike(one: string, other: string): boolean {
  const [left, right] = [[...one], [...other]]
  if (one === other || left.length !== right.length) return false
  return left.every((character, at) => {
    const counterpart = right[at] ?? ''
    if (character === counterpart) return true
    return isHan(character) && isHan(counterpart) && syllableOf(character) === syllableOf(counterpart)
  })
}
