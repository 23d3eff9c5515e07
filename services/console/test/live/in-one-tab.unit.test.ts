import { until } from '@daybook/shared/testing'
import t from 'tap'
import { inOneTab } from '../../src/live/in-one-tab.ts'

/** A page, which the test hides and shows. */
class Page extends EventTarget {
  visibilityState = 'hidden'
  turn(state: string) {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

/** Notes when it begins and when its signal ends it. */
function recorder() {
  const log: string[] = []
  const run = async (name: string, signal: AbortSignal) => {
    log.push(`${name} begins`)
    const ended = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => ended.reject(signal.reason))
    await ended.promise.finally(() => log.push(`${name} ends`))
  }
  return { log, run }
}

t.test('without locks a tab runs only while it is visible', async t => {
  const page = new Page()
  t.intercept(globalThis, 'navigator', { value: {} })
  t.intercept(globalThis, 'document', { value: page })
  const { log, run } = recorder()
  const stop = new AbortController()
  const done = inOneTab('x', signal => run('this', signal), stop.signal)
  t.strictSame(log, [], 'it is hidden')
  for (const times of [1, 2]) {
    page.turn('visible')
    await until('it runs', () => log.length === 2 * times - 1)
    if (times === 1) page.turn('hidden')
    else stop.abort()
    await until('it has ended', () => log.length === 2 * times)
  }
  await done
  t.strictSame(log, ['this begins', 'this ends', 'this begins', 'this ends'])
})

t.test('with locks one tab runs, and another one when it is closed', async t => {
  const { log, run } = recorder()
  const [first, second] = [new AbortController(), new AbortController()]
  const runs = Promise.allSettled([
    inOneTab('y', signal => run('first', signal), first.signal),
    inOneTab('y', signal => run('second', signal), second.signal),
  ])
  await until('one runs', () => log.length > 0)
  t.strictSame(log, ['first begins'])
  first.abort()
  await until('the other one runs', () => log.includes('second begins'))
  second.abort()
  await runs
  t.strictSame(log, ['first begins', 'first ends', 'second begins', 'second ends'])
})
