import { valueOf, type Answers } from '../forms/answers.ts'
import type { FormDefinition } from '../forms/definition.ts'
import { membersOnRecord } from './members.ts'
import { WholeMeeting, type MeetingValue } from './meeting-field.ts'
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
      const differing = membersDiffer(meeting.data, answers)
      const told: Finding[] = differing === undefined ? [] : [{ level: 'warning', label, words: differing }]
      if (judgement.type !== 'passed') return [{ level: 'error', label, words: judgement.because }, ...told]
      return judgement.warning === undefined
        ? [{ level: 'ok', label, words: '到会和同意的人数都够（章程第十二条）' }, ...told]
        : [{ level: 'warning', label, words: judgement.warning }, ...told]
    })
}

/** The members told of are not as many as are on record: said once to whoever tells it, and to the offices. */
export function membersDiffer({ members }: MeetingValue, answers: Answers): string | undefined {
  const listed = membersOnRecord(answers)
  return members === undefined || listed === undefined || members === listed
    ? undefined
    : `开会说全体${members}人，名册上是${listed}人`
}
