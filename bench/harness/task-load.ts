import { setTimeout as sleep } from 'node:timers/promises'
import { token } from '@daybook/shared/testing'
import { accept, type LoadClient, type LoadRequest } from './load.ts'

/** A user of a load. */
export interface LoadUser {
  id: string
  bearer: string
}

/** @returns users with tokens that are valid for an hour */
export function makeUsers(count: number): Promise<LoadUser[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => ({ id: `user-${i}`, bearer: await token(`user-${i}`) })),
  )
}

/** The request that creates a task of a user. */
export const creation = ({ bearer }: LoadUser): LoadRequest => ({
  method: 'POST',
  path: '/tasks',
  bearer,
  body: '{"name":"Water the plants","notes":"The ones on the balcony twice","tags":["home","garden"]}',
})

/** The request that completes a task of a user, for the body of the answer to its creation. */
export const completion = ({ bearer }: LoadUser, created: string): LoadRequest => ({
  method: 'POST',
  path: `/tasks/${idOf(created)}/complete`,
  bearer,
})

/** @returns the id in the body of an answer with a task */
export const idOf = (body: string): string => (JSON.parse(body) as { id: string }).id

/**
 * Creates tasks of the users in turn.
 * @returns the requests that complete them
 */
export async function createTasks(
  tasks: LoadClient,
  users: LoadUser[],
  count: number,
): Promise<LoadRequest[]> {
  const owners = Array.from({ length: count }, (_, i) => users[i % users.length] as LoadUser)
  const completions: LoadRequest[] = []
  await tasks.flood(owners.map(creation), (answer, place) => {
    accept(answer)
    completions[place] = completion(owners[place] as LoadUser, answer.body)
  })
  return completions
}

/** Waits until something that is asked for every 50 ms is so. */
export async function poll(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50)
}

/** A load of commands that goes on. */
export interface Commands {
  /** How many commands were answered with 2xx, each of which stored an event. */
  accepted: () => number
  /** Ends the load and waits for the last answers. It rejects when a command has failed. */
  stop: () => Promise<unknown>
}

/** Lets each user create and complete tasks, one command at a time. */
export function startCommands(tasks: LoadClient, users: LoadUser[]): Commands {
  let accepted = 0
  let isRunning = true
  const command = async (request: LoadRequest) => {
    const answer = await tasks.send(request)
    accept(answer)
    accepted += 1
    return answer.body
  }
  const working = Promise.all(
    users.map(async user => {
      while (isRunning) await command(completion(user, await command(creation(user))))
    }),
  )
  // `stop` returns it. A benchmark that fails before that must not report this in place of its own error.
  working.catch(() => undefined)
  return {
    accepted: () => accepted,
    stop() {
      isRunning = false
      return working
    },
  }
}
