import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import type { Bench } from '../harness/benchmark.ts'
import { accept, openLoad } from '../harness/load.ts'
import { median } from '../harness/median.ts'
import {
  completion,
  createTasks,
  creation,
  idOf,
  type LoadUser,
  makeUsers,
  poll,
} from '../harness/task-load.ts'
import { storeCopies } from './copies.ts'

const CONNECTIONS = 64
const COMMANDS = 20_000
const RUNS = 3

/** @returns the commands per second with few events in the store, and beside so many */
export async function commandsBeside(bench: Bench, events: number): Promise<{ few: number; many: number }> {
  const [{ uri }, { url }] = [
    await bench.mongo(),
    await bench.start('tasks', { MONGODB_DATABASE: 'commands' }),
  ]
  const db = await mongoose.createConnection(uri, { dbName: 'commands' }).asPromise()
  bench.defer(() => db.close())
  const tasks = await openLoad(url, CONNECTIONS)
  bench.defer(tasks.close)
  const users = await makeUsers(1000)

  const rate = async () => {
    const rates: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const completions = await createTasks(tasks, users, bench.scaled(COMMANDS))
      rates.push(completions.length / (await tasks.flood(completions)).seconds)
    }
    return median(rates)
  }

  /** A task with two events, both published. */
  const madeTask = async () => {
    const [user] = users as [LoadUser]
    const created = await tasks.send(creation(user))
    accept(created)
    accept(await tasks.send(completion(user, created.body)))
    return idOf(created.body)
  }

  const few = await rate()
  bench.report(`storing ${events} events`)
  const id = await madeTask()
  const stored = db.collection<{ _id: string }>('events')
  const ofTask = () => stored.find({ _id: { $regex: `^${id}` } }).toArray()
  // A copy of an event that is not published yet would be published.
  await poll(async () =>
    (await ofTask()).every(event => !('published' in event) || event.published !== false),
  )
  await storeCopies(db, { collection: 'events', documents: await ofTask(), text: id, count: events }, () =>
    randomUUID(),
  )
  return { few, many: await rate() }
}
