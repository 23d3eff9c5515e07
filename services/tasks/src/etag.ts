import { nameWeakly, readTags, requireTags } from '@daybook/shared/http'

/**
 * The versions of a task that If-Match names, by strong comparison.
 * @returns undefined when any version will do; an ETag that is not ours, or weak, names none
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for what is no list of ETags
 */
export function versionsOf(ifMatch: string | undefined): number[] | undefined {
  const named = requireTags('if-match', ifMatch)
  if (named === undefined || named === '*') return undefined
  return named.flatMap(tag => /^"([1-9]\d{0,14})"$/.exec(tag)?.[1] ?? []).map(Number)
}

/** Whether If-None-Match names this version, by weak comparison. One that is no list of ETags names none. */
export function isNoneMatch(header: string | undefined, version: number): boolean {
  const named = header === undefined ? undefined : readTags(header)
  return named !== undefined && nameWeakly(named, version)
}
