import { test } from 'tap'
import { backoff, isOutage, waitOut } from '../../src/failures/outage.ts'
import { memoryLog, silent, stopTime } from '../support/index.ts'

const disk = (code: string) => Object.assign(new Error(code), { code })

test('a full or missing disk is an outage, a missing file is not', async t => {
  for (const code of ['ENOSPC', 'EROFS', 'EIO', 'EMFILE', 'EACCES']) t.ok(isOutage(disk(code)), code)
  for (const code of ['ENOENT', 'ENAMETOOLONG', 'EISDIR']) t.notOk(isOutage(disk(code)), code)
})

test('neither a bug nor a value that is not an error is an outage', async t => {
  for (const thrown of [new TypeError('x'), new Error('x'), 'ENOSPC', undefined, { code: 'EIO' }]) {
    t.notOk(isOutage(thrown))
  }
})

test('pauses grow from a tenth of a second to ten seconds, and stay there', async t => {
  for (const [n, ms] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [8, 10_000],
    [1000, 10_000],
  ] as const) {
    const pause = backoff(n)
    t.ok(pause >= ms * 0.75 && pause <= ms, `attempt ${n}: ${pause}`)
  }
})

test('work is repeated until an outage ends, and each failed attempt is logged', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    if (attempts <= 12) throw disk('ENOSPC')
    return 'written'
  }
  t.equal(await time.skipUntil(waitOut('writing', attempt, { log })), 'written')
  t.match(lines.at(-1), { msg: 'writing: waiting for an outage to end', attempt: 12 })
})

test('an error that is no outage is thrown at once', async t => {
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    throw new Error('broken')
  }
  await t.rejects(waitOut('writing', attempt, { log: silent }), { message: 'broken' })
  t.equal(attempts, 1)
})

test('a stop ends the waiting', async t => {
  const stopping = new AbortController()
  const attempt = async () => {
    stopping.abort()
    throw disk('EIO')
  }
  await t.rejects(waitOut('writing', attempt, { log: silent, signal: stopping.signal }), {
    name: 'AbortError',
  })
})
