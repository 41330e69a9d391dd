/** The people and groups one meets on the sandbox page; all invented. */

export type Person = { userId: string; name: string; role: string }

export type Group = {
  chatId: string
  name: string
  /** The key of the group's push robot (群机器人). */
  webhookKey: string
  members: string[]
}

export const sandboxPeople: Person[] = [
  { userId: 'wangxiuying', name: '王秀英', role: '负责人' },
  { userId: 'chenming', name: '陈明', role: '儿子，代办人' },
  { userId: 'wangfang', name: '王芳', role: '明珠社区工作者' },
  { userId: 'lijie', name: '李杰', role: '解放街道经办' },
  { userId: 'zhaomin', name: '赵敏', role: '区民政局' },
]

const everyone = sandboxPeople.map((person) => person.userId)

export const sandboxGroups: Group[] = [
  { chatId: 'wrJIEFANG0001', name: '解放街道社会组织群', webhookKey: 'jiefang-0001', members: everyone },
  { chatId: 'wrMINGZHU0001', name: '明珠社区社会组织群', webhookKey: 'mingzhu-0001', members: everyone },
]
