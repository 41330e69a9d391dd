/** Positions in a community organization. The charter (附件4第十三条) leaves the titles free, so this only recognises. */
const POSITION =
  /^(?:第[一二三]|常务|名誉|执行|荣誉)?(?:正|副|代)?(?:队长|团长|会长|理事长|社长|站长|组长|班长|班主任|主任|秘书长|秘书|所长|院长|馆长|总监|总干事|干事长|干事|理事|监事|监事长|会计|出纳|委员|财务|文书|后勤|宣传员?|教练|教练员|老师|指导|指导员|领队|领舞|领唱|指挥|骨干|队员|团员代表|成员|会员|组员|社员|志愿者|联络员|通讯员|书记|支书|支部书记|党支部书记|支委|调解员|巡逻员|负责人|主要负责人|召集人|发起人|顾问|教师|工作人员|员工|护理员|法人|经理|校长|厨师|司机|保管员?|舞蹈队员|总务)(?:助理)?$/u

/** 副队长, 秘书长兼会计, 队员. */
export const isPosition = (text: string): boolean =>
  text.split(/[兼、]/u).every((part) => POSITION.test(part))
