import { setTimeout as pause } from 'node:timers/promises'
import { dataOf, type Tasks, tasksClient } from '@daybook/client'
import { token, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { connection, type System } from './system.ts'

// A person pauses for this long between two tasks, so that the load is steady and below the limit of the machine.
const PAUSE_MS = 50

/** The answer of a command with 2xx: the task after the command. */
export type Answered = Pick<Tasks.Task, 'id' | 'userId' | 'version' | 'status'>

/** A running load. */
export interface Load {
  /** All answers with 2xx, in order. */
  answered: Answered[]
  /** Waits until `count` more commands are answered 2xx. */
  more: (count: number) => Promise<void>
  stop: () => Promise<void>
}

export interface LoadOptions {
  people: number
  zones?: string[]
}

/**
 * Starts a load: people who create tasks and complete them, one command after the other, and reopen every fifth. The
 * outcome of a command without an answer is unknown, so tests expect nothing of it.
 */
export function startLoad(t: Test, { services }: System, { people, zones = ['UTC'] }: LoadOptions): Load {
  const answered: Answered[] = []
  let stopping = false

  async function work(person: number): Promise<void> {
    const bearer = token(`person-${person}`, { zone: zones[person % zones.length] ?? 'UTC' })
    const command = async (send: (tasks: ReturnType<typeof tasksClient>) => Promise<Answered>) => {
      try {
        const task = await send(tasksClient(connection(services.tasks.url, bearer)))
        answered.push(task)
        return task
      } catch {
        // The service may be down: pause, then continue with the next command.
        await pause(20)
        return undefined
      }
    }
    for (let n = 0; !stopping; n += 1) {
      const body = { name: `task ${n} of ${person}` }
      const task = await command(tasks => dataOf(tasks.POST('/tasks', { body })))
      if (task === undefined) continue
      const params = { path: { id: task.id } }
      const done = await command(tasks => dataOf(tasks.POST('/tasks/{id}/complete', { params })))
      if (done !== undefined && n % 5 === 4)
        await command(tasks => dataOf(tasks.POST('/tasks/{id}/reopen', { params })))
      await pause(PAUSE_MS)
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
