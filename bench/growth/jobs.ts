import { setTimeout as sleep } from 'node:timers/promises'
import { client, token } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import type { Bench } from '../harness/benchmark.ts'
import { median } from '../harness/median.ts'
import { startJobsWorker } from '../start-jobs-worker.ts'
import { storeCopies } from './copies.ts'

const JOBS = 20_000
const BATCH = 1000
const RUNS = 3

/** @returns the tiny jobs per second alone, and beside so many that are due tomorrow */
export async function jobsBeside(bench: Bench, waiting: number): Promise<{ few: number; many: number }> {
  const { uri } = await bench.mongo()
  const { url } = await bench.start('scheduler', { MONGODB_DATABASE: 'jobs', TIME_ZONES: 'UTC' })
  await startJobsWorker(bench)
  const db = await mongoose.createConnection(uri, { dbName: 'jobs' }).asPromise()
  bench.defer(() => db.close())
  const jobs = db.collection<{ _id: string }>('jobs')
  const api = client(url, await token('bench', { admin: true }))
  await api('/kinds/nothing', { method: 'PUT', body: { lane: 'bench' } })
  await api('/jobs', { body: { kind: 'nothing' }, headers: { prefer: 'wait=60' } })

  // Both answers come from small indexes, however many jobs are stored.
  const isAnyOpen = async () =>
    (await jobs.findOne({ state: 'ready' }, { hint: 'ready' })) !== null ||
    (await jobs.findOne({ worker: { $exists: true } }, { hint: 'inHand' })) !== null

  const rate = async () => {
    const rates: number[] = []
    const count = bench.scaled(JOBS)
    const batch = { jobs: Array.from({ length: BATCH }, () => ({ kind: 'nothing' })) }
    for (let run = 0; run < RUNS; run += 1) {
      const began = performance.now()
      for (let added = 0; added < count; added += BATCH) {
        const { status } = await api('/jobs/batch', { body: batch })
        if (status !== 202) throw new Error(`POST /jobs/batch was answered ${status}`)
      }
      while (await isAnyOpen()) await sleep(20)
      rates.push(count / ((performance.now() - began) / 1000))
    }
    return median(rates)
  }

  const few = await rate()
  bench.report(`storing ${waiting} jobs for tomorrow`)
  const { body } = await api<{ id: string }>('/jobs', { body: { kind: 'nothing', in: 'P1D' } })
  const documents = await jobs.find({ _id: body.id }).toArray()
  const copies = { collection: 'jobs', documents, text: body.id, count: waiting }
  await storeCopies(db, copies, copy => `tomorrow-${copy}`)
  return { few, many: await rate() }
}
