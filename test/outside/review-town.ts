import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startApp, type App } from '../../src/app.ts'
import { directory } from '../../src/commands/directory.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { movableClock, type MovableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../../src/sandbox/stand-in.ts'
import { contentsOf } from '../support/contents.ts'
import { answers, danceTeam, type Sheet } from '../support/leader.ts'
import { appKeys, environmentOf, Person, questionLabel, robot } from '../support/trial.ts'

/** Two communities of one street, a town with a village that has nobody, an incubator, an operator, the bureau. */
const PEOPLE = `people:
  - { userid: wangfang, name: 王芳, role: community, place: 解放街道/明珠社区 }
  - { userid: huangmei, name: 黄梅, role: community, place: 解放街道/明珠社区 }
  - { userid: chenli, name: 陈立, role: community, place: 解放街道/友谊社区 }
  - { userid: lijie, name: 李杰, role: street, place: 解放街道 }
  - { userid: mowen, name: 莫文, role: street, place: 石碑坪镇 }
  - { userid: sunli, name: 孙丽, role: incubator, place: 解放街道 }
  - { userid: zhaomin, name: 赵敏, role: district }
  - { userid: yunwei, name: 云维, role: operator }
groups: []
`
const staff = ['wangfang', 'huangmei', 'chenli', 'lijie', 'mowen', 'sunli', 'zhaomin', 'yunwei']
const leaders = ['wangxiuying', 'zhouguilan', 'liudahai', 'weixiaoyu', 'qinshufen']

/** A bot whose directory was imported from a file, as its owner would. */
export type Town = {
  standIn: StandIn
  clock: MovableClock
  app: App
  person(userId: string): Person
  /** Stops the bot and starts it again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startTown(start = new Date('2026-11-23T02:03:00Z'), withApp = true): Promise<Town> {
  const folder = await mkdtemp(path.join(tmpdir(), 'town-'))
  const began = Date.now()
  const clock = movableClock({ now: () => new Date(start.getTime() + (Date.now() - began)) })
  const people = [...staff, ...leaders].map((userId) => ({ userId, name: userId, role: '' }))
  const standIn = await startStandIn({ robot, app: appKeys, clock, people, groups: [], pollMs: 20 })
  const environment = environmentOf({ DATA_DIR: folder }, standIn, withApp)
  const file = path.join(folder, 'people.yaml')
  await writeFile(file, PEOPLE)
  const imported = await directory(['import', file], environment)
  if (imported.status !== 0) throw new Error(imported.problems.join('\n'))
  const open = async () => {
    const app = await startApp(parseConfig(environment), createLogger('silent'), {
      clock,
      contents: await contentsOf('templates/liubei'),
    })
    standIn.connect(`http://127.0.0.1:${app.port}`)
    return app
  }
  const town: Town = {
    standIn,
    clock,
    app: await open(),
    person: (userId) => new Person({ standIn }, userId),
    async restart() {
      await town.app.stop()
      town.app = await open()
    },
    async stop() {
      await town.app.stop()
      await standIn.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return town
}

/** Fills and hands in a filing, the dance team's but for what is given. Returns the case number. */
export async function handIn(person: Person, other: Sheet = {}): Promise<string> {
  await person.says('开始备案')
  await answers(person, { ...danceTeam, ...other })
  await person.says('确认提交')
  return caseIn(person)
}

export function caseIn({ heard }: Person): string {
  const number = /受理号：(\d{4}-\d{4})/.exec(heard)?.[1]
  if (!number) throw new Error(`no case number in: ${heard}`)
  return number
}

/** From 变更, 注销 or 续期 to the end of the read-back. */
export async function fill(person: Person, sheet: Record<string, string>): Promise<void> {
  for (let sent = 0; sent < 20 && !person.heard.includes('“确认提交”'); sent++) {
    const label = questionLabel(person.heard) ?? ''
    if (person.heard.includes('对吗')) await person.says('对')
    else if (person.heard.includes('还有别的')) await person.says('没有了')
    else await person.says(sheet[label] ?? (person.heard.includes('下一页') ? '下一页' : '继续'))
  }
}

export const meeting = '11月1日开会，一共30人，到了25人，20人同意'
