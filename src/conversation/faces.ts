/** The faces of WeCom, which arrive as their names: [呲牙][OK]. Other words in brackets are the person's own. */
const NAMES = new Set(
  (
    '微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 囧 抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 ' +
    '疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 ' +
    '示爱 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 赞 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 no ok 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 投降 挥手 激动 ' +
    '乱舞 街舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 鬼脸 合十 加油 庆祝 红包 發 发 福 鸡 旺柴 好的 打脸 社会社会 吃瓜 苦涩 裂开 叹气 翻白眼 让我看看 哇 汗 天啊 emm 生病 ' +
    '破涕为笑 失望 无语 嘿嘿 脸红 恐惧 笑脸 开心 笑哭 烟花 爆竹 鞭炮 灯笼 喜 收到 感谢 谢谢 送花 鲜花 辛苦了 牛 棒 对勾 期待 比心 敬礼 加一 大笑 哭'
  ).split(' '),
)

const BRACKETED = /\[([^[\]\s]{1,6})\]/gu

/** The words without the faces among them. A message of nothing but bracketed words is a sticker, whatever its name. */
export function withoutFaces(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text.replace(BRACKETED, ''))) return text.replace(BRACKETED, '')
  return text.replace(BRACKETED, (whole, name: string) => (NAMES.has(name.toLowerCase()) ? '' : whole))
}
