import { danceTeam, nextWords, type Sheet } from '../support/leader.ts'
import { type Person, questionLabel } from '../support/trial.ts'

/** Starts a filing and answers like the dance team until the question with this label stands. */
export async function reach(person: Person, label: string, sheet: Sheet = danceTeam): Promise<void> {
  const given = new Map<string, number>()
  await person.says('开始备案')
  for (let sent = 0; sent < 60; sent++) {
    if (questionLabel(person.heard) === label && !person.heard.includes('对吗？')) return
    await person.says(nextWords(person.heard, sheet, given))
  }
  throw new Error(`${label} was not asked; last heard: ${person.heard}`)
}

/** The whole numbered read-back of what is filled so far. */
export async function readBack(person: Person): Promise<string> {
  let all = await person.says('看看我填的')
  for (let page = 0; page < 5 && person.heard.includes('下一页'); page++) all += await person.says('下一页')
  return all
}
