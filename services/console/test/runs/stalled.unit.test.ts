import '../browser.ts'
import t from 'tap'
import { progressWords, type Run, wordsOf } from '../../src/runs/run.ts'
import { noteProgress } from '../../src/runs/stalled.ts'

const CREATED = Date.parse('2026-11-27T00:00:00Z')
const run = (facts: Partial<Run>): Run => ({
  ...{
    id: '2026-11-26@UTC',
    day: '2026-11-26',
    timeZone: 'UTC',
    state: 'writing',
    jobs: 1000,
    completions: 2000,
  },
  ...{ written: 10, failed: 0, firstError: null, amended: 0, manifestSha256: null },
  ...{ createdAt: new Date(CREATED).toISOString(), writingAt: '2026-11-27T00:00:05.000Z', doneAt: null },
  ...facts,
})
const sinceOf = (noted: ReturnType<typeof noteProgress>) => noted.get('2026-11-26@UTC')?.since

t.test('a run makes progress as long as its numbers change', async t => {
  const first = noteProgress(new Map(), [run({})], CREATED + 60_000)
  t.equal(sinceOf(first), CREATED + 60_000, 'what it had done before is not known')
  const second = noteProgress(first, [run({})], CREATED + 90_000)
  t.equal(sinceOf(second), CREATED + 60_000)
  t.equal(sinceOf(noteProgress(second, [run({ written: 11 })], CREATED + 91_000)), CREATED + 91_000)
  t.equal(noteProgress(second, [run({ state: 'done' })], CREATED).size, 0)
})

t.test('a run that is where it began has made no progress since then', async t => {
  const closing = run({ state: 'closing', jobs: null, written: 0, writingAt: null, waitsFor: 'tasks' })
  t.equal(sinceOf(noteProgress(new Map(), [closing], CREATED + 90_000)), CREATED)
  t.equal(sinceOf(noteProgress(new Map(), [run({ written: 0 })], CREATED + 90_000)), CREATED + 5000)
})

t.test('a run without users is a success, and one with failures is not', async t => {
  t.match(wordsOf(run({ state: 'empty', jobs: 0 })), { tone: 'good', sentence: /Nobody completed anything/ })
  t.match(wordsOf(run({ state: 'done', jobs: 0 })), { tone: 'good', sentence: /Nobody completed anything/ })
  t.match(wordsOf(run({ state: 'done', failed: 2 })), {
    tone: 'bad',
    sentence: /2 logs could not be written/,
  })
  t.match(wordsOf(run({ state: 'closing', waitsFor: 'tasks' })), {
    tone: 'idle',
    sentence: /waits until the tasks service/,
  })
  t.equal(progressWords(run({ written: 339, failed: 1 })), '340 of 1,000 users')
})
