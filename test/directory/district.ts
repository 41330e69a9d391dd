import { staffOf, type Staff } from '../../src/directory/staff.ts'
import type { Directory, PersonEntry } from '../../src/directory/directory.ts'
import { loadPack } from '../../src/pack.ts'

export const { jurisdiction } = await loadPack('templates/liubei')

export const MINGZHU = '450205001008'
export const XINFA = '450205001001'
export const JIEFANG = '450205001000'
export const YALIAN = '450205002002'
export const YARU = '450205002000'

/** The example of the contract. */
export const example: Directory = {
  people: [
    { userid: 'wangfang', name: '王芳', role: 'community', place: '解放街道/明珠社区', phone: '19900000001' },
    { userid: 'lijie', name: '李杰', role: 'street', place: '解放街道' },
    { userid: 'zhaomin', name: '赵敏', role: 'district' },
    { userid: 'sunli', name: '孙丽', role: 'incubator', place: '解放街道' },
  ],
  groups: [
    {
      name: '解放街道社会组织群',
      place: '解放街道',
      webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=jiefang-0001',
    },
    { name: '明珠社区社会组织群', place: '解放街道/明珠社区', chatid: 'wrMINGZHU0001' },
  ],
}

export const staffWith = (...people: PersonEntry[]): Staff =>
  staffOf({ people: [...example.people, ...people], groups: example.groups }, jurisdiction, []).staff

export const OFFICIAL = 'https://qyapi.weixin.qq.com'
