import '@daybook/shared/mongo/connect-mongo'
import type { Stack } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { Registry } from 'prom-client'
import t from 'tap'
import { runId } from '../../src/run-id.ts'
import { runMetrics } from '../../src/runs/metrics.ts'
import type { Run } from '../../src/runs/run-model.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const timeZone = 'UTC'

/** Stores a run that was made `ageSeconds` ago and waits for an offset that is never reached. */
async function storeStuck({ db }: Stack, day: string, ageSeconds: number): Promise<void> {
  const createdAt = new Date(Date.now() - ageSeconds * 1000)
  const run: Run = { _id: runId(day, timeZone), day, timeZone, state: 'closing', createdAt }
  await db.collection<Run>('runs').insertOne({ ...run, closingOffsets: { 0: '1000000' } })
}

t.test('a run that is not done is overdue from its deadline until it is done', async t => {
  const bench = await makeBench(t)
  const [stuck, young, done] = ['2026-08-01', '2026-08-02', '2026-08-03']
  await bench.publish(completed('alice', stuck), completed('alice', done))
  await storeStuck(bench.stack, stuck, 1000)
  await storeStuck(bench.stack, young, 800)
  const reporting = await startReporting(t, bench.stack)
  const overdue = async () => {
    const { body } = await reporting.operator<string>('/metrics')
    const found = [...body.matchAll(/^daybook_runs_overdue\{waits_for="(.*)"\} (.*)$/gm)]
    return Object.fromEntries(found.map(([, waitsFor, count]) => [waitsFor, Number(count)]))
  }
  const runs = bench.stack.db.collection<Run>('runs')

  await bench.endDay(done)
  await reporting.runDone(done)
  await runs.updateOne({ _id: runId(done, timeZone) }, { $set: { createdAt: new Date(0) } })
  const none = { tasks: 0, projection: 0, writers: 0 }
  t.strictSame(
    await overdue(),
    { ...none, projection: 1 },
    'neither the new run nor the run that is done counts',
  )
  await runs.updateOne({ _id: runId(young, timeZone) }, { $set: { createdAt: new Date(0) } })
  t.strictSame(await overdue(), { ...none, projection: 2 })
  await runs.deleteOne({ _id: runId(young, timeZone) })

  await runs.updateOne({ _id: runId(stuck, timeZone) }, { $set: { closingOffsets: {} } })
  await reporting.runDone(stuck)
  t.strictSame(await overdue(), none)

  await storeStuck(bench.stack, young, 800)
  const strict = await startReporting(t, bench.stack, { RUN_DEADLINE_SECONDS: '700' })
  const { body } = await strict.operator<string>('/metrics')
  t.match(body, /^daybook_runs_overdue\{waits_for="projection"\} 1$/m, 'the deadline is a setting')
})

t.test('the number of overdue runs is absent while MongoDB is unreachable', async t => {
  const registry = new Registry()
  const run: Run = {
    _id: 'x',
    day: 'x',
    timeZone,
    state: 'closing',
    createdAt: new Date(),
    endedAt: new Date(),
  }
  const answers = [
    [run, run, run],
    new mongoose.mongo.MongoNetworkError('the store is unreachable'),
    [run, { ...run, closingOffsets: {} }, { ...run, state: 'writing' } as Run],
    new Error('a bug'),
  ]
  const overdue = async () => {
    const answer = answers.shift() ?? []
    if (answer instanceof Error) throw answer
    return answer
  }
  runMetrics(registry, { overdue }, 1000)
  const value = async () =>
    [...(await registry.metrics()).matchAll(/^daybook_runs_overdue\{.*\} (.*)$/gm)].map(([, count]) => count)
  t.strictSame(await value(), ['3', '0', '0'])
  t.strictSame(await value(), [])
  t.strictSame(await value(), ['1', '1', '1'])
  await t.rejects(value(), { message: 'a bug' })
})
