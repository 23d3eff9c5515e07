import t from 'tap'
import { openLease } from '../../src/thread/lease.ts'

const LEASE_MS = 3000

t.test('a lease lapses once when no beat was acknowledged for its whole length', async t => {
  const lease = openLease(LEASE_MS)
  t.notOk(lease.lapses(1e9), 'there is none before the first beat')
  lease.held(1000)
  t.notOk(lease.lapses(1000 + LEASE_MS - 1))
  t.ok(lease.lapses(1000 + LEASE_MS))
  t.notOk(lease.lapses(1000 + 2 * LEASE_MS))
  lease.held(2000 + LEASE_MS)
  t.notOk(lease.lapses(2001 + LEASE_MS))
})
