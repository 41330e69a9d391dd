import { danceTeam } from '../test/support/leader.ts'
import { callback, heard, Lane } from './wire.ts'

/** Walks one interview up to the read-back and returns what the leader said; a run says the same, many times over. */
export async function learnInterview(port: number, person: string): Promise<string[]> {
  const lane = await Lane.open(port)
  const said = ['开始备案']
  const given = new Map<string, number>()
  let answer = heard(await lane.send(callback(person, '开始备案')))
  while (!answer.includes('确认提交')) {
    if (said.length > 100) throw new Error(`the interview does not end; last heard: ${answer}`)
    const words = nextWords(answer, given)
    said.push(words)
    answer = heard(await lane.send(callback(person, words)))
  }
  lane.close()
  return said
}

/** The last of the interview, which makes a filing of it. */
export async function submit(port: number, person: string): Promise<void> {
  const lane = await Lane.open(port)
  const answer = heard(await lane.send(callback(person, '确认提交')))
  lane.close()
  if (!/\d{4}-\d{4}/.test(answer)) throw new Error(`not submitted: ${answer}`)
}

function nextWords(answer: string, given: Map<string, number>): string {
  if (/对吗？/.test(answer)) return '对'
  const label = [...answer.matchAll(/【([^】]+)】第\d+题\/共\d+题/g)].at(-1)?.[1]
  if (label === undefined) {
    return answer.includes('同意') ? '同意' : answer.includes('下一页') ? '下一页' : '继续'
  }
  const known = danceTeam[label]
  if (known === undefined) throw new Error(`no answer to ${label}`)
  if (typeof known === 'string') return known
  const times = given.get(label) ?? 0
  given.set(label, times + 1)
  return known[Math.min(times, known.length - 1)] ?? ''
}

/** The same interview for another person: only the name of the organization differs. */
export const interviewOf = (said: string[], mark: string): string[] =>
  said.map((words) => (words === danceTeam['备案社区社会组织名称'] ? `夕阳红${mark}舞蹈队` : words))
