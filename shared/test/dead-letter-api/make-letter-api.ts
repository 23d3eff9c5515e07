import { Registry } from 'prom-client'
import type { Test } from 'tap'
import { letterGauge, parkedCounter } from '../../src/dead-letter-api/metrics.ts'
import { openLetterRoutes } from '../../src/dead-letter-api/open-letter-routes.ts'
import { serveDeadLetters } from '../../src/dead-letter-api/serve-dead-letters.ts'
import type { DeadLetter } from '../../src/dead-letters/dead-letter-model.ts'
import { openDeadLetters, type Park } from '../../src/dead-letters/dead-letter-store.ts'
import { buildServer } from '../../src/http/index.ts'
import type { IncomingMessage } from '../../src/kafka/index.ts'
import { AUTH_SECRET, client, makeStack, type Stack, silent, token } from '../support/index.ts'

/** A dead letter as the API shows it, alone or in a list. */
export interface LetterView {
  id: string
  key?: string
  error: { name: string; message: string; stack?: string }
  attempts: number
  parkedAt: string
  lastAttemptAt?: string
  replaying: boolean
  json?: unknown
}

export interface ListView {
  deadLetters: LetterView[]
  total?: { count: number; more: boolean }
  nextCursor: string | null
}

export interface ResultView {
  id: string
  result: string
  error?: string
  reason?: string
}

export interface ReplayView {
  handled: number
  failed: number
  skipped: number
  matching: number
  results: ResultView[]
  nextCursor: string | null
}

/** The topics by the groups of the service under test. */
export const topics = { readers: 'books', writers: 'files' } as const
type Group = keyof typeof topics

/** Handles a message of a group. */
export type Handle = (
  message: IncomingMessage,
  context: { group: Group; park: Park; heartbeat: () => Promise<void> },
) => Promise<void>

/** Serves the routes on dead letters over real stores, in this process. `handle` handles the messages of both groups. */
export async function makeLetterApi(t: Test, handle: Handle = async () => undefined) {
  const stack = await makeStack(t)
  return { stack, ...(await serveLetters(t, stack, handle)) }
}

/** As `makeLetterApi`, for a second process on the same stack. */
export async function serveLetters(t: Test, stack: Stack, handle: Handle) {
  const metrics = new Registry()
  const parkFor = openDeadLetters(stack.db, parkedCounter(metrics))
  const handlers = Object.entries(topics).map(([group, topic]) => ({
    group,
    topic,
    handle: async (messages: IncomingMessage[], heartbeat: () => Promise<void>) => {
      for (const message of messages)
        await handle(message, { group: group as Group, park: parkFor(group), heartbeat })
    },
  }))
  const routes = await openLetterRoutes(stack.db, handlers)
  letterGauge(metrics, routes)
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const given = { title: 'Letters', description: 'Letters', log: silent, auth, checks: {}, metrics }
  const app = await buildServer(given)
  serveDeadLetters(app, routes)
  t.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const operator = client(url, await token('operator', { admin: true }))
  const path = (id: string) => `/dead-letters/${encodeURIComponent(id)}`
  return {
    app,
    url,
    operator,
    letters: stack.db.collection<DeadLetter>('dead_letters'),
    /** Parks a message with a text as its value. @returns the id of its letter */
    park: async (group: Group, offset: number, given: Partial<IncomingMessage> & { error?: Error } = {}) => {
      const { error = new Error('bad'), ...fields } = given
      const text = { key: Buffer.from('k'), value: Buffer.from('v'), headers: [] }
      const message = { topic: topics[group], partition: 0, offset: BigInt(offset), timestamp: 5, ...text }
      await parkFor(group)({ ...message, ...fields }, error, 5)
      return `${group}/${topics[group]}/${fields.partition ?? 0}/${offset}`
    },
    list: async (query = '') => (await operator<ListView>(`/dead-letters${query}`)).body,
    show: (id: string) => operator<LetterView>(path(id)),
    replay: (id: string) => operator<ResultView>(`${path(id)}/replay`, { method: 'POST' }),
    replayMany: async (body: object) =>
      (await operator<ReplayView>('/dead-letters/replay', { body: { filter: { error: '.' }, ...body } }))
        .body,
    remove: (id: string) => operator<{ type: string }>(path(id), { method: 'DELETE' }),
  }
}

export const idsOf = ({ deadLetters }: ListView): string[] => deadLetters.map(({ id }) => id)
