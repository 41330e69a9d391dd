/** Where in the WeCom console an operator puts right what an error code complains about. */

const APP = '应用管理→自建→该应用'

/** By error code (path 90313); only those that are a matter of settings. */
const screens: Record<number, string> = {
  40001: `Secret 不对。到“${APP}→Secret”重新查看，填进 WECOM_APP_SECRET。别连续试错，多次会被封一小时`,
  40013: '企业ID不对。到“我的企业→企业信息→企业ID”核对，填进 WECOM_CORP_ID',
  40056: `AgentId 不对。到“${APP}→AgentId”核对，填进 WECOM_AGENT_ID`,
  40091: `Secret 无效，也许是别的企业的。到“${APP}→Secret”核对，填进 WECOM_APP_SECRET`,
  43009: '企业还没有验证。到“我的企业→企业信息→企业认证”办理',
  43012: `应用还没有设置接收消息。到“${APP}→接收消息→设置API接收”填网址、Token、EncodingAESKey`,
  45009: '调用太多，被限制了。过一小时再试',
  45031: `Secret 被认为不安全。到“${APP}→Secret”重置，再填进 WECOM_APP_SECRET`,
  48001: `应用没有这项接口的权限。到“${APP}→功能”查看，确认 Secret 是这个应用的`,
  48002: `应用没有这项接口的权限。到“${APP}→功能”查看，确认 Secret 是这个应用的`,
  48006: `应用长期不用，权限被收回了。到“${APP}”重新启用`,
  50003: `应用被停用了。到“${APP}”点启用`,
  60011: `应用看不到要通知的人。到“${APP}→可见范围”加上街道、社区和负责人`,
  60020: `这台服务器的IP不在名单里。到“${APP}→企业可信IP”加上它，约一分钟后生效`,
  301002: `Secret 和 AgentId 不是同一个应用的。到“${APP}”一起核对`,
}

/** What to do about an error code. 60020 names the address WeCom saw; other words of WeCom are not repeated. */
export function adviceFor(code: number, message: string): string {
  const screen = screens[code]
  const address = code === 60020 ? /from ip: ([\da-fA-F.:]+\d|[\da-fA-F:]+)/.exec(message)?.[1] : undefined
  if (screen === undefined)
    return `错误码 ${code}。到 https://open.work.weixin.qq.com/devtool/query?e=${code} 查原因`
  return `错误码 ${code}，${screen}${address ? `。要加的IP是 ${address}` : ''}`
}
