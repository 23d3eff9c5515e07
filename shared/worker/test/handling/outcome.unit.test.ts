import t from 'tap'
import { DoNotRetry, PauseKind, RetryAfter } from '../../src/errors.ts'
import { outcomeOfError, outcomeOfResult } from '../../src/handling/outcome.ts'

t.test('a result is what JSON makes of it', async t => {
  const at = new Date(0)
  t.strictSame(outcomeOfResult({ at, gone: undefined }).data, { result: { at: at.toISOString() } })
  t.strictSame(outcomeOfResult(undefined), { type: 'JobSucceeded', data: {} })
  t.strictSame(outcomeOfResult(null).data, { result: null })
})

t.test('a result of 64 KB is kept, and one of a byte more fails without a retry', async t => {
  t.equal(outcomeOfResult('x'.repeat(65_534)).type, 'JobSucceeded')
  const refused = outcomeOfResult('x'.repeat(65_535))
  t.match(refused.data, { reason: 'result-invalid', retry: false, error: /65537 bytes/ })
})

t.test('a result that is not JSON fails without a retry', async t => {
  const circle: Record<string, unknown> = {}
  circle.circle = circle
  for (const result of [1n, circle, () => {}, Symbol('x')])
    t.match(outcomeOfResult(result).data, { reason: 'result-invalid', retry: false })
})

t.test('an error says whether and when to try again', async t => {
  t.match(outcomeOfError(new Error('no'), undefined).data, {
    reason: 'error',
    retry: true,
    error: /Error: no/,
  })
  t.match(outcomeOfError('a text', undefined).data, { reason: 'error', retry: true, error: 'a text' })
  t.match(outcomeOfError(new DoNotRetry('no'), undefined).data, { retry: false })
  t.match(outcomeOfError(new RetryAfter(1.5), undefined).data, { retry: true, retryAfterMs: 2 })
  t.match(outcomeOfError(new PauseKind(9), undefined).data, { retry: true, pauseMs: 9 })
  t.throws(() => new RetryAfter(-1), RangeError)
  t.throws(() => new PauseKind(Number.NaN), RangeError)
})

t.test('an error after an abortion returns the attempt, unless it took too long', async t => {
  for (const reason of ['cancelled', 'lost', 'stopping'] as const)
    t.strictSame(outcomeOfError(new Error('aborted'), reason), { type: 'JobReturned', data: { reason } })
  t.match(outcomeOfError(new Error('aborted'), 'timeout').data, { reason: 'timeout', retry: true })
})

t.test('the text of an error has at most 8 KB', async t => {
  const { data } = outcomeOfError('ä'.repeat(10_000), undefined)
  const { error } = data as { error: string }
  t.ok(Buffer.byteLength(error) <= 8192)
  t.match(error, /^ä+…$/)
})
