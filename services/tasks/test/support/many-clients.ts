import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { type Ask, complete, reopen, type TaskJson } from './tasks.ts'

/** What an answer with 2xx says of a task. */
export interface Said {
  id: string
  version: number
  status: 'open' | 'completed' | 'deleted'
}

/** A running load. */
export interface ManyClients {
  /** All answers with 2xx. */
  said: Said[]
  /** The answers that no client may get: neither 2xx, nor 404 because the task is deleted. */
  unexpected: string[]
  /** Waits until the load has gone on for so long, and commands were answered meanwhile. */
  goOn: (ms: number) => Promise<void>
  stop: () => Promise<void>
}

export interface ManyClientsOptions {
  clients: number
  ids: string[]
  random: (limit: number) => number
  /** A client of each process, asked for before each command. */
  asks: () => Ask[]
}

type Command = (ask: Ask, id: string) => Promise<Answer<TaskJson>>

const remove: Command = (ask, id) => ask(`/tasks/${id}`, { method: 'DELETE' })
const restore: Command = (ask, id) => ask(`/tasks/${id}/restore`, { method: 'POST' })
/** Each as often as it is in the list. A restored task is one that was deleted, so few tasks are deleted at a time. */
const commands = [complete, reopen, complete, reopen, complete, reopen, remove, restore, restore, restore]

/**
 * Starts clients of one user, each of which sends one command after the other, each to any of the processes: it completes, reopens, deletes
 * or restores one of the tasks. The outcome of a command without an answer is unknown.
 */
export function startManyClients(t: Test, options: ManyClientsOptions): ManyClients {
  const { clients, ids, random, asks } = options
  const said: Said[] = []
  const unexpected: string[] = []
  let stopping = false
  const pick = <T>(from: T[]) => from[random(from.length)] as T

  async function work(): Promise<void> {
    while (!stopping) {
      const [command, id] = [pick(commands), pick(ids)]
      const answer = await command(pick(asks()), id).catch(() => undefined)
      if (answer === undefined) {
        // Its process was killed: pause instead of trying to connect all the time.
        await pause(20)
      } else if (answer.status < 300) said.push(saidBy(id, answer))
      else if (answer.status !== 404) unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`)
    }
  }
  const working = Promise.all(Array.from({ length: clients }, work))
  const stop = async () => {
    stopping = true
    await working
  }
  t.teardown(stop)
  return {
    said,
    unexpected,
    stop,
    async goOn(ms) {
      const [end, before] = [performance.now() + ms, said.length]
      await until(`the load goes on for ${ms} ms`, () => performance.now() > end && said.length > before)
    },
  }
}

/** A deletion is answered with the ETag only. */
function saidBy(id: string, { status, body, headers }: Answer<TaskJson>): Said {
  if (status !== 204) return { id, version: body.version, status: body.status }
  return { id, version: Number(headers.get('etag')?.replaceAll('"', '')), status: 'deleted' }
}
