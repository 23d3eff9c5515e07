// A worker whose handler does what the data of the job say.
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { DoNotRetry, PauseKind, RetryAfter, worker } from '../../src/index.ts'

const Work = Type.Object({
  /** What to do; default: succeed at once. */
  does: Type.Optional(
    Type.Enum([
      'wait',
      'ignore',
      'spin',
      'abort',
      'fail',
      'give-up',
      'later',
      'pause',
      'progress',
      'spawn',
      'trace',
    ]),
  ),
})

const options = {
  lane: 'mail',
  name: 'tested',
  version: '1',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  stopTimeout: Number(process.env.STOP_TIMEOUT ?? 20_000),
  graceTime: Number(process.env.GRACE_TIME ?? 5000),
}
const farAhead = 3_600_000

worker(options)
  .handle('work', Work, async ({ does }, job) => {
    job.log.info('handling')
    if (does === 'wait') await sleep(farAhead, undefined, { signal: job.signal })
    if (does === 'ignore') await sleep(farAhead)
    if (does === 'spin') for (;;);
    if (does === 'abort') process.abort()
    if (does === 'fail') throw new Error('it failed')
    if (does === 'give-up') throw new DoNotRetry('it never works')
    if (does === 'later') throw new RetryAfter(5000)
    if (does === 'pause') throw new PauseKind(7000)
    if (does === 'progress') for (let done = 1; done <= 3; done += 1) job.progress(done, 3)
    if (does === 'spawn')
      return job.spawn([{ kind: 'work', data: { n: 1 } }, { kind: 'work' }], { kind: 'sum' })
    if (does === 'trace') return job.traceparent
    return { attempt: job.attempt }
  })
  .start()
