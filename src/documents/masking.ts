import type { FieldType, FieldTypes } from '../forms/field-type.ts'

/** The same types, printing sensitive values as they are shown on a screen. */
export function masking(types: FieldTypes): FieldTypes {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]: [string, FieldType]) => [
      name,
      {
        ...type,
        print: (value: unknown, field: Parameters<FieldType['print']>[1]) =>
          field.sensitive && name !== 'roster'
            ? { ...type.print(value, field), '': type.show(value, field) }
            : type.print(value, field),
      },
    ]),
  ) as FieldTypes
}
