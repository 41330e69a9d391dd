import type { Field } from '../../src/forms/definition.ts'
import type { Pack } from '../../src/pack.ts'
import { liubei } from './chat.ts'

const { notices } = liubei

/** The notice about personal information in another version. */
export const withNewNotice = (pack: Pack): Pack => ({
  ...pack,
  notices: { ...notices, consent: { ...notices.consent, version: '2027-01' } },
})

/** Version 2 of the form: 缘起 stands behind 业务范围, 其他社会职务 is gone. */
export const withGrownForm = (pack: Pack): Pack => ({
  ...pack,
  forms: liubei.forms.map((form) => ({
    ...form,
    version: 2,
    fields: form.fields
      .flatMap((field) => (field.id === 'businessScope' ? [field, asOrganization(form.fields)] : [field]))
      .filter(({ id }) => id !== 'principalOtherPosts'),
  })),
})

/** A question of words about the organization, made from one about a person. */
function asOrganization(fields: Field[]): Field {
  const like = fields.find(({ id }) => id === 'principalNativePlace')
  if (!like) throw new Error('the form has no 籍贯 any more')
  return {
    ...like,
    id: 'since',
    label: '缘起',
    sitting: 'organization',
    personal: false,
    ask: '怎么成立的',
  }
}
