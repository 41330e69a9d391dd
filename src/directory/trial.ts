import type { Directory } from './directory.ts'

const robotOf = (key: string): string => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`

/** Who has which role among the invented people of the sandbox, until a directory is imported there. */
export const trialDirectory: Directory = {
  people: [
    { userid: 'wangfang', name: '王芳', role: 'community', place: '解放街道/明珠社区' },
    { userid: 'lijie', name: '李杰', role: 'street', place: '解放街道' },
    { userid: 'zhaomin', name: '赵敏', role: 'district' },
  ],
  groups: [
    {
      name: '解放街道社会组织群',
      place: '解放街道',
      chatid: 'wrJIEFANG0001',
      webhook: robotOf('jiefang-0001'),
    },
    {
      name: '明珠社区社会组织群',
      place: '解放街道/明珠社区',
      chatid: 'wrMINGZHU0001',
      webhook: robotOf('mingzhu-0001'),
    },
  ],
}
