import type { Differences, DifferingDay, Totals } from './difference-store.ts'

/** How many users' days are printed. */
const MOST_LINES = 1000

/** @returns how many days of users differ in a generation, and the differences by day and user, with a last line that counts them */
export async function describeDifferences(
  differences: Pick<Differences, 'totals' | 'first'>,
  generation: number,
): Promise<{ userDays: number; text: string }> {
  const totals = await differences.totals(generation)
  const first = await differences.first(generation, MOST_LINES)
  const more = totals.userDays - first.length
  const lines = [...first.map(lineOf), ...(more > 0 ? [`and ${more} more days of users`] : [])]
  return { userDays: totals.userDays, text: [...lines, totalsText(totals)].join('\n') }
}

function lineOf({ day, userId, timeZone, ...counts }: DifferingDay): string {
  const fields = counts.fields.length > 0 ? ` (${counts.fields.toSorted().join(', ')})` : ''
  return `${day} ${userId} in ${timeZone}: ${countsText(counts)}${fields}`
}

function totalsText({ userDays, days, ...counts }: Totals): string {
  if (userDays === 0) return 'The live projection has no difference.'
  return `${userDays} days of users differ, on ${days} dates. In the live projection ${countsText(counts)}.`
}

function countsText({
  missing,
  extra,
  changed,
}: Pick<DifferingDay, 'missing' | 'extra' | 'changed'>): string {
  const counts = { missing, extra, changed }
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
}
