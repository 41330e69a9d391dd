import { expect, test } from 'vitest'
import { context, field, tell, types } from './liubei.ts'

test.each([
  ['王秀英', 'clear 王秀英'],
  ['韦明', 'clear 韦明'],
  ['覃凤英', 'clear 覃凤英'],
  ['我叫王秀英', 'clear 王秀英'],
  ['我是王秀英', 'clear 王秀英'],
  ['叫王秀英', 'clear 王秀英'],
  ['姓名是王秀英', 'clear 王秀英'],
  ['姓名：王秀英', 'clear 王秀英'],
  ['负责人叫李建国', 'clear 李建国'],
  ['王秀英女士', 'clear 王秀英'],
  ['队长王秀英', 'clear 王秀英'],
  ['王秀英（队长）', 'clear 王秀英'],
  ['本人王秀英', 'clear 王秀英'],
  ['王xx', 'impossible 请写身份证上的中文姓名'],
  ['王秀英。', 'clear 王秀英'],
  ['“王秀英”', 'clear 王秀英'],
  ['王 秀 英', 'clear 王秀英'],
  ['王　秀英', 'clear 王秀英'],
  ['欧阳明珠', 'clear 欧阳明珠'],
  ['张𬭎', 'clear 张𬭎'],
  ['王㛃', 'clear 王㛃'],
  ['艾力·买买提', 'clear 艾力·买买提'],
  ['艾力•买买提', 'clear 艾力·买买提'],
  ['阿依古丽', 'doubtful 阿依古丽'],
  ['也门', 'doubtful 也门'],
  ['李建国 副队长', 'doubtful 李建国'],
  ['王大姐', 'impossible 请写身份证上的姓名'],
  ['老王', 'impossible 请写身份证上的姓名'],
  ['王师傅', 'impossible 请写身份证上的姓名'],
  ['李主任', 'impossible 请写身份证上的姓名'],
  ['王', 'impossible 姓名至少两个字，请写全'],
  ['王秀英1', 'impossible 姓名里有数字，请只写姓名'],
  ['WangXiuying', 'impossible 请写身份证上的中文姓名'],
  ['19900001234', 'unlike'],
  ['199 0000 1234', 'unlike'],
  ['本人', 'unlike'],
  ['就是我', 'unlike'],
  ['没有', 'unlike'],
  ['退休', 'unlike'],
  ['副队长', 'unlike'],
  ['群众', 'unlike'],
  ['夕阳红舞蹈队', 'unlike'],
  ['明珠社区', 'unlike'],
  ['她是谁', 'unlike'],
  ['我们平时在活动室排练节目给大家看', 'unlike'],
])('「%s」 → %s', (text, expected) => {
  expect(tell('principalName', text)).toBe(expected)
})

test.each([
  ['我叫王秀英，电话199 0000 1234', '王秀英'],
  ['大家好，我是李建国，退休了', '李建国'],
  ['我是队长，电话199 0000 1234', undefined],
  ['我是党员', undefined],
  ['我是明珠社区的', undefined],
  ['王秀英 队长', undefined],
])('in 「%s」 the name said is %s', (text, name) => {
  const found = types.personName.find?.(text, field('principalName'), context())
  expect(found && 'value' in found.reading ? found.reading.value : undefined).toBe(name)
})
