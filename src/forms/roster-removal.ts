import type { Person } from './roster-line.ts'
import { plain } from './said.ts'

const REMOVES =
  /删|去掉|划掉|拿掉|移除|剔除|不要(?=\p{Script=Han}{2})|退出|退队|退了|走了?[。!！]?$|走了|不来|不参加|不[干跳唱]了|不在了|搬走|离开|去世|过世/u
const LONGEST = 60

/** 删掉李四, 把李建国删了, 张三走了: somebody is to leave the roster. */
export const isRemoval = (text: string): boolean =>
  [...text].length <= LONGEST && !text.includes('\n') && REMOVES.test(plain(text))

/** The rows whose names such words hold; 李四光 does not mean 李四 too. */
export function removedRows(text: string, present: readonly Pick<Person, 'name'>[]): number[] {
  const said = plain(text).replace(/ /g, '')
  const longest = [...new Set(present.map(({ name }) => name))]
    .filter((name) => said.includes(name))
    .sort((a, b) => b.length - a.length)
  const named = longest.filter(
    (name, index) => !longest.slice(0, index).some((longer) => longer.includes(name)),
  )
  return present.flatMap(({ name }, row) => (named.includes(name) ? [row] : []))
}
