import { type Contract, stopClock } from './contract.ts'

/** @param Store makes the lease of one process on an outbox */
export const sweepLeaseContract: Contract<(outbox: string) => () => Promise<boolean>> = (t, fresh) => {
  t.test('one process at a time sweeps an outbox, until it does not renew its lease', async t => {
    const clock = stopClock(t)
    const open = await fresh()
    const [one, two, other] = [(await open())('events'), (await open())('events'), (await open())('runs')]
    t.ok(await one())
    t.notOk(await two())
    t.ok(await other(), 'each outbox has its own lease')
    clock.pass(4999)
    t.ok(await one(), 'the owner keeps it, and does not write')
    clock.pass(1)
    t.ok(await one(), 'the owner renews it')
    clock.pass(10_000)
    t.notOk(await two(), 'at the last instant')
    clock.pass(1)
    t.ok(await two(), 'it expires')
    t.notOk(await one())
  })

  t.test('one of many processes that start at the same time sweeps', async t => {
    const open = await fresh()
    const processes = await Promise.all(Array.from({ length: 10 }, open))
    const answers = await Promise.all(processes.map(lease => lease('events')()))
    t.equal(answers.filter(Boolean).length, 1)
  })
}
