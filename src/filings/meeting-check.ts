import { valueOf, type Answers } from '../forms/answers.ts'
import type { FormDefinition } from '../forms/definition.ts'
import { WholeMeeting } from './meeting-field.ts'
import type { Finding } from './precheck.ts'
import { judgeMeeting } from './procedure.ts'

/** K22: the meeting a change or cancellation rests on met and decided as article 12 of the charter wants it. */
export function meetingFindings(form: FormDefinition, answers: Answers): Finding[] {
  return form.fields
    .filter(({ type }) => type === 'meeting')
    .flatMap(({ id, label }): Finding[] => {
      const meeting = WholeMeeting.safeParse(valueOf(answers, id))
      if (!meeting.success) return []
      const judgement = judgeMeeting(meeting.data)
      if (judgement.type !== 'passed') return [{ level: 'error', label, words: judgement.because }]
      return judgement.warning === undefined
        ? [{ level: 'ok', label, words: '到会和同意的人数都够（章程第十二条）' }]
        : [{ level: 'warning', label, words: judgement.warning }]
    })
}
