import type { Definition } from './schedule.ts'

export interface FieldDifference {
  field: string
  /** As JSON, texts without quotes; undefined when the field is absent. */
  before: string | undefined
  after: string | undefined
}

type Fields = Partial<Definition>

/** The fields in which two definitions differ. */
export function compareDefinitions(before: Fields, after: Fields): FieldDifference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Definition)[]
  return fields
    .map(field => ({ field, before: shown(before[field]), after: shown(after[field]) }))
    .filter(one => one.before !== one.after)
}

const shown = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : JSON.stringify(value)
