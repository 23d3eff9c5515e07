import type { Continuation } from '@daybook/shared/events'
import { test } from 'tap'
import { continuationFaults, requestFaults, timeFaults } from '../../../src/jobs/adding/check-request.ts'

const now = new Date('2026-11-25T12:00:00.000Z')
const kind = 'mail'

test('data has at most 64 KB as JSON, at most 100 levels deep', t => {
  t.strictSame(requestFaults({ kind, data: 'x'.repeat(65_534) }), [])
  t.strictSame(requestFaults({ kind, data: 'x'.repeat(65_535) }), [
    { pointer: '/data', detail: 'must have at most 65536 bytes as JSON; it has 65537' },
  ])
  const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
  t.strictSame(requestFaults({ kind, data: deep }), [
    { pointer: '/data', detail: 'must not be nested deeper than 100' },
  ])
  t.end()
})

test('fields that contradict each other are faults', t => {
  const at = '2026-11-26T00:00:00.000Z'
  t.match(requestFaults({ kind, at, in: 'PT1S' }), [{ pointer: '/in' }])
  t.match(requestFaults({ kind, coalesce: {} }), [{ pointer: '/key' }])
  t.match(requestFaults({ kind, at, expiresAt: at }), [{ pointer: '/expiresAt' }])
  t.end()
})

test('a chain of continuations is checked to its end', t => {
  const chain = (length: number, last: object = {}): Continuation =>
    length === 1 ? ({ kind, ...last } as Continuation) : { kind, then: chain(length - 1, last) }
  t.strictSame(continuationFaults(chain(20)), [])
  t.match(continuationFaults(chain(21)), [{ pointer: '/then'.repeat(21) }])
  t.strictSame(continuationFaults(chain(3, { at: 'now' })), [
    { pointer: '/then/then/then/at', detail: 'is not known here' },
  ])
  t.match(continuationFaults(chain(2, { kind: 'NO' })), [{ pointer: '/then/then/kind', detail: /1 to 63/ }])
  t.match(continuationFaults(chain(2, { data: 'x'.repeat(65_536) })), [{ pointer: '/then' }])
  t.end()
})

test('a job expires after now and after it is due, unless the request has waited for long', t => {
  const past = { kind, expiresAt: '2026-11-25T11:00:00.000Z' }
  t.match(timeFaults(past, now, false), [{ pointer: '/expiresAt' }])
  t.strictSame(timeFaults(past, now, true), [])
  t.match(timeFaults({ kind, in: 'PT2H', expiresAt: '2026-11-25T13:00:00.000Z' }, now, false), [
    { pointer: '/expiresAt' },
  ])
  t.match(timeFaults({ kind, at: '2027-12-01T00:00:00.000Z' }, now, true), [{ pointer: '/at' }])
  t.end()
})
