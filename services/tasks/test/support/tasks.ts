import type { TaskEvent } from '@daybook/shared/events'
import { type Answer, client, makeStack, type Stack, startService, token } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { Static } from 'typebox'
import type { StoredEvent } from '../../src/events/event-model.ts'
import type { TaskBody } from '../../src/http/bodies/task-body.ts'

export type TaskJson = Static<typeof TaskBody>
export type List = { tasks: TaskJson[]; nextCursor: string | null }
export type ProblemJson = { type: string; status: number; errors?: { pointer: string; detail: string }[] }
export type Ask = ReturnType<typeof client>

/** A client of the service at an address, with the token of a user. */
export const as = async (url: string, user: string, options: { zone?: string } = {}): Promise<Ask> =>
  client(url, await token(user, options))

/** Starts the tasks service on its own stack. */
export async function startTasks(t: Test) {
  const stack = await makeStack(t)
  const service = await startService(t, 'tasks', stack.env)
  return { stack, service, url: service.url }
}

/** Creates a task. */
export async function write(ask: Ask, task: Partial<TaskJson> = {}): Promise<TaskJson> {
  const answer = await ask<TaskJson>('/tasks', { body: { name: 'Water the plants', ...task } })
  if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

export const complete = (ask: Ask, id: string): Promise<Answer<TaskJson>> =>
  ask<TaskJson>(`/tasks/${id}/complete`, { method: 'POST' })

export const reopen = (ask: Ask, id: string): Promise<Answer<TaskJson>> =>
  ask<TaskJson>(`/tasks/${id}/reopen`, { method: 'POST' })

/** The types of the events in a task's history. */
export async function historyOf(ask: Ask, id: string): Promise<string[]> {
  const { body } = await ask<{ events: TaskEvent[] }>(`/tasks/${id}/events`)
  return body.events.map(({ type }) => type)
}

export const storedEvents = (stack: Stack) => stack.db.collection<StoredEvent>('events')

/** The documents of all collections that contain a text, in any case of letters, in JSON. */
export async function holding(stack: Stack, text: string): Promise<string[]> {
  const collections = await stack.db.listCollections()
  const found = await Promise.all(
    collections.map(async ({ name }) => {
      const documents = await stack.db.collection(name).find().toArray()
      return documents.map(one => `${name}: ${JSON.stringify(one)}`)
    }),
  )
  return found.flat().filter(one => one.toLowerCase().includes(text.toLowerCase()))
}
