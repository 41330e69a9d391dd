/** Questions that are not looked up: other people's data, own data pasted in, orders to the bot, greetings. */

export type Guarded =
  | { type: 'ownData' }
  | { type: 'othersData' }
  /** Told to approve, seal or number: what only an office may do. */
  | { type: 'act' }
  /** Told to forget the rules; what is asked besides may still be answered by the document. */
  | { type: 'orders'; rest: string }
  | { type: 'greeting' | 'thanks' }

const ID_NUMBER = /(?<!\d)\d{17}[\dXx](?!\d)/
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/
const KEEP_IT = /整理成|排成|做成名册|记下|记住|存着|存一下|保存|存起来|记一下|帮我记|给你记|登记一下我/
const OWN = /我把|我(?:是|叫|家|住|的|电话|手机|身份证)/

const ORDERS =
  /(?:忽略|无视|忘掉|忘记|不要管|别管|不用管|抛开|绕过|违反|取消)(?:你|前面|以上|上面|之前|所有|全部|一切|的|那些|这些|掉)*(?:规则|规定|指令|要求|设定|限制|提示|约束|内容|话)|你现在(?:就)?是|从现在(?:起|开始)|扮演|假装|假设你是|你是超级|系统提示|系统消息|管理员模式|开发者模式|越狱|提示词|system|prompt|ignore|developer|不受.{0,4}限制|照我说的|按我说的(?:回答|说)|只能回答|必须回答|直接告诉用户/i
const ACT =
  /(?:直接|马上|立刻|赶紧|现在就|就|先)?(?:给我们?|帮我们?|替我们?|替他们|替他|替居委会|替街道|给我们队|帮我们队|把)[^,。?!，？！]{0,14}(?:批了|批准|批下来|批一下|通过了|发个?(?:备案)?编?号|编个号|填(?:上|成)?同意|写(?:上|成)?同意|写个同意|盖个?章|盖上章|签上|签了|改成已备案|免了)|(?:回复|写上?|填上?|说|输出|填成)[“"]?(?:同意备案|同意|已批准|已备案|批准)|意见(?:就)?免了|编(?:一?个|出)?(?:一个)?(?:备案)?编?号(?:给|出来)|发(?:我|个|给我)(?:一个)?备案编?号/
const ABOUT_ACT = /要不要|需不需要|怎么|谁|哪|吗|多久|几天|表上|能不能代/

const DATA =
  /身份证|手机号|手机|电话(?!请假|通知|会议)|联系方式|住址|地址|门牌|哪栋|哪幢|住哪|住在哪|家住|家在哪|银行卡|微信号|生日|出生年月|隐私|个人信息|资料|病历|低保(?!怎么|如何|申请|要|办|标准|条件|多少)/
const ROSTER = /名册|名单|花名册|通讯录|会员信息|成员信息|队员信息|会员资料|个人资料|备案资料|档案|数据/
const PERSON =
  /队长|团长|会长|社长|站长|理事长|负责人|队员|会员|成员|团员|主任|书记|科长|局长|经办|联系人|阿姨|大爷|大妈|大叔|大姐|大哥|叔叔|婶|奶奶|爷爷|先生|女士|师傅|老[张李王刘陈黄韦覃梁莫罗周]|小[张李王刘陈黄韦覃梁莫罗周]|某某|他的|她的|他家|她家|别人|邻居|隔壁|谁家|谁是|哪些人|每个人|人家|楼上|楼下/
const GIVE_ME =
  /发我|发给我|给我|告诉我|给一下|[拉弄抄要传整列]一?[份个张]|查一?下|查查|帮我查|提供|报给|弄到|号码是|多少|导出|导一?[份个张]|拷|看一?下|看看|调出|要一份|要一下|列出|打出来|是不是|有没有|住哪|家住|在哪|说一下|透露/
const GROUP = /队|团|会(?!议|费)|社(?!区社会组织备案)|组织|街道|社区|全区/
const FORM_WORDS =
  /填|登记|写在|写哪|写什么|写几|栏|格|要写|怎么写|必须|要不要|那一块|那一格|个人情况|备案表|表上|名册要|安全|泄露|保护|交表|附|重点街道|专家|师资|失信|服务名录|目录/
const OFFICE = /街道办|民政|居委会|村委会|办事处|社工站|孵化|窗口|服务中心|政府|派出所|你们/
const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤罗毕郝邬安常乐于傅皮齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应丁邓郁单洪包诸左石崔吉龚程邢裴陆翁荀惠曲封储靳焦牧车侯全班秋仲宁仇甘厉武符刘景龙叶司黎白蒲卓蔺屠蒙池乔阴闻党翟谭劳申扶冉桑桂牛寿通边燕温庄晏柴瞿阎连习容向古易廖覃农赖'
const NAMED = new RegExp(
  `(?:^|[把给查下问找])[${SURNAMES}]\\p{Script=Han}{1,2}(?:的|家|是|住(?!院)|电话|手机|身份证)|(?:社区|街道|村|[队团])(?!党)[${SURNAMES}]\\p{Script=Han}{1,2}(?:家[住在]|住[哪在]|电话|手机|身份证)`,
  'u',
)

/** What is nobody else's business when it is asked about someone named. */
const ABOUT_A_PERSON =
  /住哪|电话|手机|身份证|党员|坐过?牢|判过?刑|失信|老赖|案底|离婚|结婚|多大|几岁|退休|工资|欠|多少钱|儿子|女儿|老婆|老公|有病|什么病/

/** What no office gives out either, whoever asks for it: 民政局要查负责人的身份证号. */
const PRIVATE = /身份证|住哪|家住|银行卡|出生年月|生日|病历|隐私|个人信息/

/** Who leads another organisation, and how old: 晨光合唱团的负责人是谁. */
const WHO_LEADS =
  /(?:\p{Script=Han}{2}[队团社班]|协会|联合会)的?(?:队长|团长|会长|社长|班长|站长|理事长|负责人|联系人|头头?)(?:是谁|叫(?:什么|啥)(?:名字?)?|姓(?:什么|啥)|是哪个|(?:今年)?(?:多大|几岁)(?:年纪|岁数)?)[了呀啊呢?？]*$/u
const OURS = /[我咱俺]们|我队|本队|自己|一个|一支|每个|哪个/

/** Names out of a list of people: 失信人员有哪些人. */
const LISTED =
  /(?:失信|老赖|被列入)(?:的|人员|人|名单)*(?:里|上|都)?(?:有哪些人|是哪些人|有谁|是谁|都谁|名字|叫什么)/

const GREETING = /^(?:你好|您好|在吗|在不在|有人吗|hello|hi|早上好|下午好|晚上好|早|喂|哈喽|嗨)+$/i
const THANKS =
  /^(?:好的?|嗯+|哦+|收到|知道了|明白了?|懂了|辛苦了?|谢谢你?您?|多谢|感谢|再见|拜拜|没事了|没有了)+$/

export function guard(question: string): Guarded | undefined {
  const text = question.normalize('NFKC').replace(/\s/g, '')
  const bare = text.replace(/[^\p{L}\p{N}]/gu, '')
  if (GREETING.test(bare)) return { type: 'greeting' }
  if (THANKS.test(bare)) return { type: 'thanks' }
  if (ID_NUMBER.test(text) || MOBILE.test(text)) return { type: 'ownData' }
  if (KEEP_IT.test(text) && OWN.test(text) && DATA.test(text)) return { type: 'ownData' }
  if (asksForOthers(text)) return { type: 'othersData' }
  const orders = ORDERS.test(text)
  if (ACT.test(text.replace(/[“”"「」]/g, '')) && (orders || !ABOUT_ACT.test(text))) return { type: 'act' }
  return orders ? { type: 'orders', rest: text.replace(ORDERS, '') } : undefined
}

function asksForOthers(text: string): boolean {
  const named = NAMED.test(text)
  if ((WHO_LEADS.test(text) && !OURS.test(text)) || LISTED.test(text)) return true
  if (FORM_WORDS.test(text) && !named && !/发我|发给我|导出/.test(text)) return false
  const person = named || PERSON.test(text)
  const ofOffice = OFFICE.test(text.replace(/主任|书记/g, '')) && !PRIVATE.test(text)
  if (DATA.test(text) && person && (GIVE_ME.test(text) || /(?<!不)要查|(?<!谁)来查/.test(text)) && !ofOffice)
    return true
  if (named && ABOUT_A_PERSON.test(text)) return true
  const all = /(?:发我|发给我|给我|导出|拷|[拉弄抄要传整]一?[份个张]|列出|打出来|看看|查一?下)/.test(text)
  return (
    ROSTER.test(text) &&
    all &&
    GROUP.test(text) &&
    !/我们队?的?(?:名册|名单)|我的|模板|样表|格式|怎么|重点街道|专家|师资/.test(text)
  )
}
