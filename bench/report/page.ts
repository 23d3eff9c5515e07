import { glob, mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type GeneratedPages, withGeneratedPart, writeOrCheck } from '../../tools/generated-pages.ts'
import type { Result } from '../harness/result.ts'
import { chartOf } from './chart.ts'
import { asMarkdown, figureRows, GOAL_COLUMNS, goalRows, ranOn } from './format.ts'
import type { Results } from './results.ts'
import { scaleTables } from './scale.ts'

const page = new URL('../../docs/benchmarks.md', import.meta.url)
const scalePage = new URL('../../docs/scale.md', import.meta.url)
const charts = new URL('../../docs/benchmarks/', import.meta.url)

/**
 * Writes docs/benchmarks.md with its charts, and docs/scale.md, from results. With the argument --check it writes nothing: it names each file that
 * differs from the results, and sets the exit code to 1.
 */
export async function writeOrCheckPage(results: Results): Promise<void> {
  const isCheck = process.argv.includes('--check')
  const pages: GeneratedPages = new Map([
    [page, await withGeneratedPart(page, 'bench', tables(results))],
    [scalePage, await withGeneratedPart(scalePage, 'bench', scaleTables(results))],
  ])
  for (const [name, result] of Object.entries(results)) {
    const svg = chartOf(result)
    if (svg !== undefined) pages.set(new URL(`${name}.svg`, charts), svg)
  }
  if (!isCheck) await mkdir(charts, { recursive: true })
  await writeOrCheck(pages, 'bench')
  const wanted = new Set([...pages.keys()].map(({ href }) => href))
  for await (const file of glob('*', { cwd: fileURLToPath(charts) })) {
    const chart = new URL(file, charts)
    if (wanted.has(chart.href)) continue
    if (!isCheck) await rm(chart)
    else {
      process.stderr.write(`${chart.pathname} belongs to no result: remove it\n`)
      process.exitCode = 1
    }
  }
}

/** @returns the generated part of the page, as Markdown */
export function tables(results: Results): string {
  const entries = Object.entries(results)
  const goals = asMarkdown([GOAL_COLUMNS, ...entries.flatMap(([name, result]) => goalRows(name, result))])
  return [goals, ...entries.map(([name, result]) => section(name, result))].join('\n\n')
}

function section(name: string, result: Result): string {
  const { work, date, subjects, peaks } = result
  const rounds = subjects[0]?.rounds.length ?? 0
  const memory = Object.entries(peaks).map(([service, peak]) => `${service} ${Math.round(peak)} MB`)
  return [
    `## ${name}`,
    work,
    ...subjects.flatMap(({ name: subject, does, version }) =>
      does === undefined && version === undefined
        ? []
        : [`- **${subject}**: ${[does, version].filter(Boolean).join('. ')}`],
    ),
    ...(chartOf(result) === undefined
      ? []
      : [`![${name}: the figures of the table below](benchmarks/${name}.svg)`]),
    asMarkdown([['', 'figure', 'median', 'lowest', 'highest'], ...figureRows(result)]),
    `${date}, ${rounds === 1 ? 'one round' : `${rounds} rounds`}. ${ranOn(result)[0]}.${memory.length > 0 ? ` Peak memory: ${memory.join(', ')}.` : ''}`,
  ].join('\n\n')
}
