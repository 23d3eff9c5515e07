import { test } from 'tap'
import {
  continuationId,
  fingerprint,
  fingerprintOf,
  idOfIdempotencyKey,
  memberId,
} from '../../../src/jobs/adding/request-ids.ts'

test('an Idempotency-Key makes the same id for the same requester only', t => {
  const id = idOfIdempotencyKey('alice', 'k')
  t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  t.equal(idOfIdempotencyKey('alice', 'k'), id)
  t.not(idOfIdempotencyKey('alice', 'l'), id)
  t.not(idOfIdempotencyKey('bob', 'k'), id)
  t.end()
})

test('ids that follow from another id have at most 255 characters', t => {
  t.equal(continuationId('a'), 'a:then')
  t.equal(memberId('g', 999), 'g:999')
  t.equal(memberId('g', 7), 'g:007', 'sorted by id, members are in the order of the request')
  for (const id of ['x'.repeat(250), 'x'.repeat(255)]) {
    t.ok(continuationId(id).length <= 255)
    t.ok(memberId(id, 999).length <= 255)
  }
  t.not(continuationId(`${'x'.repeat(254)}a`), continuationId(`${'x'.repeat(254)}b`))
  t.end()
})

test('fingerprints are equal for equal JSON only', t => {
  t.equal(fingerprint({ a: 1, 2: { c: [], d: null } }), fingerprint({ 2: { d: null, c: [] }, a: 1 }))
  t.not(fingerprint({ a: 1 }), fingerprint([['a', 1]]))
  t.not(fingerprint({ a: [1, 2] }), fingerprint({ a: [2, 1] }))
  t.not(fingerprint(JSON.parse('{"__proto__":1}')), fingerprint({}))
  const request = { kind: 'mail' }
  t.equal(
    fingerprintOf({ owner: 'alice', request }),
    fingerprintOf({ owner: 'alice', request: { ...request, priority: 3 } }),
  )
  t.not(fingerprintOf({ owner: 'alice', request }), fingerprintOf({ owner: 'alice', request, group: 'g' }))
  t.end()
})
