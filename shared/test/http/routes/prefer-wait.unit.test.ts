import { test } from 'tap'
import { readWait } from '../../../src/http/routes/prefer-wait.ts'

test('the wait is read among other preferences', async t => {
  for (const header of [
    'wait=30',
    'respond-async, wait=30',
    'Wait = "30"; x, handling=lenient',
    'a, wait=30;b',
  ])
    t.equal(readWait(header), 30, header)
})

test('a long wait is cut to a minute, which is also the wait without a number', async t => {
  t.equal(readWait('wait=61'), 60)
  t.equal(readWait('wait=999999999'), 60)
  t.equal(readWait('wait=0'), 0)
  for (const header of ['wait', 'respond-async, wait', 'Wait; x']) t.equal(readWait(header), 60, header)
})

test('other preferences are ignored', async t => {
  for (const header of [undefined, '', 'wait=', 'wait=-1', 'wait=1.5', 'wait=1e3', 'await=30', 'x="wait=3'])
    t.equal(readWait(header), undefined, `${header}`)
})
