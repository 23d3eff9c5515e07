import { median } from '../harness/median.ts'
import type { Result } from '../harness/result.ts'
import { type Judged, judge, valuesOf } from './results.ts'

/** @returns a number with the digits that a run can repeat: 12345.6 is "12,346", 0.01234 is "0.0123" */
export function digits(value: number): string {
  return new Intl.NumberFormat(
    'en',
    value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  ).format(value)
}

/** @returns a goal in words: "≥ 3 × plain Fastify server", "≤ 60" */
export function goalInWords({ atLeast, atMost, against }: Judged): string {
  const bounds = [atLeast === undefined ? [] : `≥ ${atLeast}`, atMost === undefined ? [] : `≤ ${atMost}`]
    .flat()
    .join(', ')
  return against === undefined ? bounds : `${bounds} × ${against}`
}

/** The header of the table of goals. */
export const GOAL_COLUMNS = ['benchmark', 'figure', 'Daybook', 'compared with', 'ratio', 'goal', '']

/** @returns one row for each goal of a result, for the columns of GOAL_COLUMNS */
export function goalRows(name: string, result: Result): string[][] {
  return judge(result).map(judged => {
    const { figure, daybook, against, reference, ratio, outcome } = judged
    const other =
      against === undefined ? '' : `${against}: ${reference === undefined ? 'not run' : digits(reference)}`
    return [
      name,
      figure,
      digits(daybook),
      other,
      ratio === undefined ? '' : digits(ratio),
      goalInWords(judged),
      outcome,
    ]
  })
}

/** @returns the machine and its versions, and the versions of each peer, as lines */
export function ranOn({ machine: { cpu, versions }, subjects }: Result): string[] {
  const own = [cpu, ...Object.entries(versions).map(entry => entry.join(' '))].join(', ')
  return [own, ...subjects.flatMap(({ version }) => version ?? [])]
}

/** @returns one row for each figure of each subject of a result: subject, figure, median, lowest, highest */
export function figureRows({ subjects }: Result): string[][] {
  return subjects.flatMap(subject =>
    Object.keys(subject.rounds[0] ?? {}).map(figure => {
      const values = valuesOf(subject, figure)
      return [subject.name, figure, ...[median(values), Math.min(...values), Math.max(...values)].map(digits)]
    }),
  )
}

/** @returns rows as text in columns, for a terminal */
export function asColumns(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** @returns rows as a Markdown table; the first row is its header */
export function asMarkdown([header = [], ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n')
}
