import type { FieldDifference } from './compare-definitions.ts'

/** The fields in which definitions differ, with their values before and after. */
export const Differences = ({ of }: { of: readonly FieldDifference[] }) => (
  <ul class="differences">
    {of.map(({ field, before, after }) => (
      <li key={field}>
        {field}: {before === undefined ? 'nothing' : <del>{before}</del>} →{' '}
        {after === undefined ? 'nothing' : <ins>{after}</ins>}
      </li>
    ))}
  </ul>
)
