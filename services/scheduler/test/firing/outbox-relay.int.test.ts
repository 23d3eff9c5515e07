import type { EventMessage } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { fireDue } from '../../src/firing/fire-due.ts'
import { startClockRelay } from '../../src/firing/outbox-relay.ts'
import { allPublished, makeScheduler } from '../support/scheduler.ts'

test('events that fire while Kafka is slow are sent once, in order', async t => {
  const stack = await makeStack(t)
  const { deps, put } = await makeScheduler(t, stack)
  const hold = Promise.withResolvers<void>()
  const sent: string[] = []
  const kafka = {
    async publish(_topic: string, messages: OutgoingMessage[]) {
      await hold.promise
      sent.push(...messages.map(({ headers }) => (headers as EventMessage['headers']).ce_id ?? ''))
      return { appendedAt: undefined }
    },
  }
  const fail = (error: Error) => t.fail('the relay failed', { error })
  const relay = startClockRelay(deps.schedules, kafka, { log: silent, fail })
  t.teardown(() => relay.stop())
  const start = Date.now() - 30_000
  await put('s', { every: 'PT1M', start: new Date(start).toISOString() })
  const slots = Array.from({ length: 5 }, (_, i) => start + (i + 1) * 60_000)
  for (const slot of slots) await fireDue({ ...deps, relay }, new Date(slot))
  hold.resolve()
  await allPublished(stack)
  await until('all events are sent', () => sent.length >= slots.length)
  t.strictSame(
    sent,
    slots.map(slot => `firing:s:${new Date(slot).toISOString()}`),
  )
})

test('a day that is ended by hand twice is sent twice, also while the first event is under way', async t => {
  const stack = await makeStack(t)
  const { deps, operator } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  const hold = Promise.withResolvers<void>()
  const sent: string[] = []
  const kafka = {
    async publish(_topic: string, messages: OutgoingMessage[]) {
      await hold.promise
      sent.push(...messages.map(({ headers }) => (headers as EventMessage['headers']).traceparent ?? ''))
      return { appendedAt: undefined }
    },
  }
  const fail = (error: Error) => t.fail('the relay failed', { error })
  const relay = startClockRelay(deps.schedules, kafka, { log: silent, fail })
  t.teardown(() => relay.stop())
  deps.relay = relay
  for (let i = 0; i < 2; i += 1) await operator('/end-of-day', { body: { day: '2026-01-01' } })
  hold.resolve()
  await until('both events are sent', () => sent.length >= 2)
  t.equal(new Set(sent).size, 2)
})
