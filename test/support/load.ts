import { setTimeout as pause } from 'node:timers/promises'
import { client, token, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { System } from './system.ts'

// Milliseconds between two tasks of a person: a load is to be steady, not all that the machine can do.
const PACE = 50

/** A command that was answered 2xx: the task as it left it. */
export interface Answered {
  id: string
  userId: string
  version: number
  status: 'open' | 'completed'
}

/** People at work, until `stop`. */
export interface Load {
  /** All that was answered 2xx, in the order of the answers. */
  answered: Answered[]
  /** Waits until so many more commands were answered 2xx. */
  more: (count: number) => Promise<void>
  stop: () => Promise<void>
}

export interface LoadOptions {
  people: number
  zones?: string[]
}

/**
 * People who write tasks down and complete them, one command after the other; every fifth completion is taken back. A
 * command that is not answered may have had its effect or not: nothing is expected of it.
 */
export function startLoad(t: Test, { services }: System, { people, zones = ['UTC'] }: LoadOptions): Load {
  const answered: Answered[] = []
  let stopping = false

  async function work(person: number): Promise<void> {
    const bearer = await token(`person-${person}`, { zone: zones[person % zones.length] ?? 'UTC' })
    const command = async (path: string, body?: unknown) => {
      try {
        const ask = client(services.tasks.url, bearer)
        const answer = await ask<Answered>(path, { method: 'POST', ...(body === undefined ? {} : { body }) })
        if (answer.status >= 300) throw new Error(`answered ${answer.status}`)
        answered.push(answer.body)
        return answer.body
      } catch {
        // Not to spin on a service that is away; what counts is what is answered after.
        await pause(20)
        return undefined
      }
    }
    for (let n = 0; !stopping; n += 1) {
      const task = await command('/tasks', { name: `task ${n} of ${person}` })
      if (task === undefined) continue
      const done = await command(`/tasks/${task.id}/complete`)
      if (done !== undefined && n % 5 === 4) await command(`/tasks/${task.id}/reopen`)
      await pause(PACE)
    }
  }

  const working = Promise.all(Array.from({ length: people }, (_, person) => work(person)))
  const stop = async () => {
    stopping = true
    await working
  }
  t.teardown(stop)
  return {
    answered,
    stop,
    async more(count) {
      const wanted = answered.length + count
      await until(`${count} more commands are answered`, () => answered.length >= wanted)
    },
  }
}
