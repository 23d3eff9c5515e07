import { test } from 'tap'
import { pagesOf } from '../../../../src/jobs/dispatch/choice/pages.ts'
import { makeCredit } from '../../../support/job-workers.ts'

const rules = { isOpen: () => true, isAlone: () => false, most: 1000 }
const none = new Set<string>()
const kinds = (...names: string[]) => ({ kinds: new Set(names) })

test('kinds of the same workers share a page as large as their credit', t => {
  const credits = [makeCredit('v', 3, kinds('a', 'b')), makeCredit('w', 4, kinds('a', 'b'))]
  t.strictSame(pagesOf(credits, none, rules), [{ lane: 'default', kinds: ['a', 'b'], limit: 7 }])
  t.end()
})

test('a kind that fewer workers know has a smaller page of its own', t => {
  const credits = [makeCredit('v', 3, kinds('a', 'b')), makeCredit('w', 4, kinds('a'))]
  t.strictSame(pagesOf(credits, none, rules), [
    { lane: 'default', kinds: ['a'], limit: 7 },
    { lane: 'default', kinds: ['b'], limit: 3 },
  ])
  t.end()
})

test('a kind that is limited has a page of its own, so that its backlog hides no other kind', t => {
  const pages = pagesOf([makeCredit('w', 4, kinds('a', 'b', 'c'))], none, {
    ...rules,
    isAlone: kind => kind === 'b',
  })
  t.strictSame(
    pages.map(page => page.kinds),
    [['a', 'c'], ['b']],
  )
  t.end()
})

test('nothing is read for a paused kind, for a worker without credit or for a closed worker', t => {
  t.strictSame(pagesOf([makeCredit('w', 4)], none, { ...rules, isOpen: () => false }), [])
  t.strictSame(pagesOf([makeCredit('w', 0)], none, rules), [])
  t.strictSame(pagesOf([makeCredit('w', 4)], new Set(['w']), rules), [])
  t.end()
})

test('a page has at most 100 kinds, and no more jobs than the largest page', t => {
  const many = Array.from({ length: 250 }, (_, i) => `k${i}`)
  const pages = pagesOf([makeCredit('w', 5000, kinds(...many))], none, rules)
  t.strictSame(
    pages.map(page => [page.kinds.length, page.limit]),
    [
      [100, 1000],
      [100, 1000],
      [50, 1000],
    ],
  )
  t.end()
})

test('each lane of a worker has its own pages', t => {
  const lanes = new Map([
    ['a', [0]],
    ['b', [0]],
  ])
  const pages = pagesOf([makeCredit('w', 4, { lanes })], none, rules)
  t.strictSame(
    pages.map(({ lane, limit }) => [lane, limit]),
    [
      ['a', 4],
      ['b', 4],
    ],
  )
  t.end()
})
