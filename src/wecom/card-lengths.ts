/** Recommended lengths of the texts on a card, in 字; WeCom shows longer ones cut (path 90236, 101032). */

/** Where a card is sent: the robot's answers, the app's messages, a group robot's notices. */
export type CardChannel = 'robot' | 'app' | 'groupRobot'

/** Field, most on a card of the app, most on a card of the robot or a group robot. The first that fits counts. */
const LENGTHS: [field: RegExp, app: number, robot: number][] = [
  [/^source\.desc$/, 20, 13],
  [/^main_title\.title$/, 36, 26],
  [/^main_title\.desc$/, 44, 30],
  [/^emphasis_content\.title$/, 14, 10],
  [/^emphasis_content\.desc$/, 22, 15],
  [/^sub_title_text$/, 160, 112],
  [/^horizontal_content_list\.\d+\.keyname$/, 5, 5],
  [/^horizontal_content_list\.\d+\.value$/, 30, 26],
  [/^jump_list\.\d+\.title$/, 18, 13],
  [/^vertical_content_list\.\d+\.title$/, 38, 26],
  [/^vertical_content_list\.\d+\.desc$/, 160, 112],
  [/^button_list\.\d+\.text$/, 10, 10],
  [/^checkbox\.option_list\.\d+\.text$/, 17, 11],
  [/option_list\.\d+\.text$/, 16, 10],
  [/^submit_button\.text$/, 10, 10],
]

/** How many 字 the field at `path` (`button_list.0.text`) may have; undefined when nothing is recommended. */
export function lengthOf(path: string, channel: CardChannel): number | undefined {
  const row = LENGTHS.find(([field]) => field.test(path))
  return row && (channel === 'app' ? row[1] : row[2])
}

/** The fields of a card that WeCom shows cut. */
export function overlongFields(card: object, channel: CardChannel): string[] {
  return textsOf(card, '')
    .filter(([path, text]) => [...text].length > (lengthOf(path, channel) ?? Infinity))
    .map(([path]) => path)
}

function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    textsOf(inner, path === '' ? name : `${path}.${name}`),
  )
}
