import { DaybookError } from '@daybook/shared/failures/errors'

/** @throws DaybookError DAYBOOK_REQUEST_INVALID when two jobs of a request have the same id */
export function refuseRepeatedIds(ids: string[]): void {
  if (new Set(ids).size === ids.length) return
  const faults = ids.flatMap((id, i) =>
    ids.indexOf(id) < i
      ? [{ pointer: `/jobs/${i}/job`, detail: 'must not be the id of an earlier job' }]
      : [],
  )
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}
