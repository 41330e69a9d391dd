import { z } from 'zod'

import type { Answers } from '../../src/forms/answers.ts'
import type { Column, Field } from '../../src/forms/definition.ts'
import type { FieldType, FieldTypes, Parts } from '../../src/forms/field-type.ts'

/** Just enough of the field types to print: no reading, no checking. */
const printing = (print: (value: never, field: Field | Column) => Parts): FieldType => ({
  Value: z.unknown(),
  read: () => ({ type: 'unlike' }),
  show: () => '',
  print: print as FieldType['print'],
})

const plain = printing((value: string) => ({ '': value }))

export const stubTypes: FieldTypes = {
  choice: printing((value: string, field) => ({
    '': field.options.find((option) => option.value === value)?.text ?? '',
  })),
  place: printing((value: string) => ({
    '': value,
    committee: `${value}居民委员会`,
    authority: '解放街道办事处',
  })),
  organizationName: plain,
  venue: printing((value: { address: string; area: number }) => ({
    '': `${value.address}，${value.area}平方米`,
    address: value.address,
    area: String(value.area),
  })),
  count: printing((value: number) => ({ '': String(value) })),
  personName: plain,
  phone: plain,
  idNumber: printing((value: string) => ({
    '': value,
    sex: Number(value[16]) % 2 === 1 ? '男' : '女',
    birthMonth: `${value.slice(6, 10)}年${Number(value.slice(10, 12))}月`,
  })),
  month: plain,
  period: plain,
  text: plain,
  longText: plain,
  rows: printing(() => ({})),
  roster: printing((value: { rows: unknown[] }) => ({ count: String(value.rows.length) })),
  meeting: plain,
  day: plain,
}

/** Answers of one helper at one moment. */
export const answersOf = (values: Record<string, unknown>): Answers =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      { value: value as never, by: 'wangxiuying', at: '2026-11-23T01:00:00.000Z' },
    ]),
  )

export const WANG = '450205190503150024'
export const LI = '450205190112010016'

/** A complete filing of an invented organization. */
export const complete = {
  organizationCategory: 'socialGroup',
  activityArea: '明珠社区',
  organizationName: '柳州市柳北区解放街道明珠社区夕阳红志愿服务队',
  venue: { address: '跃进路58号社区活动室', area: 80 },
  purpose:
    '遵守宪法、法律、法规和国家政策，践行社会主义核心价值观，弘扬志愿精神，关爱帮助有困难的居民，为社区建设作出贡献。',
  businessScope: '探访慰问困难居民；开展扶老、助残、助学等志愿服务；参与社区环境卫生和公益宣传。',
  principalName: '王秀英',
  principalPhone: '19900000001',
  principalPosition: '队长',
  principalIdNumber: WANG,
  principalNativePlace: '广西柳州',
  principalEducation: 'juniorHigh',
  principalPolitical: 'cpcMember',
  principalEmployer: '柳州钢铁厂退休',
  principalHomeAddress: '柳州市柳北区跃进路58号3栋2单元501室',
  principalOtherPosts: '楼栋长',
  principalCareer: {
    done: true,
    rows: [
      { period: '1925年9月至1960年6月', post: '柳州钢铁厂 工人' },
      { period: '1960年7月至今', post: '退休，社区志愿者' },
    ],
  },
  contactIsPrincipal: 'no',
  contactName: '李建国',
  contactPhone: '19900000002',
  contactPosition: '副队长',
  officers: {
    done: true,
    rows: [
      { name: '李建国', position: '副队长', political: 'masses', idNumber: LI, employer: '退休' },
      {
        name: '覃美兰',
        position: '秘书长',
        political: 'cpcProbationary',
        idNumber: LI,
        employer: '明珠社区便利店店主',
      },
    ],
  },
  roster: {
    done: true,
    rows: [
      { name: '王秀英', gender: '女', phone: '19900000001', position: '队长' },
      { name: '李建国', gender: '男', phone: '19900000002', position: '副队长' },
      { name: '覃美兰', gender: '女', phone: '19900000003' },
      { name: '韦阿花' },
    ],
  },
}
