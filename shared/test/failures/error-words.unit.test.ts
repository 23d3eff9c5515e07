import { test } from 'tap'
import { firstLine, normalisedError } from '../../src/failures/error-words.ts'

const groups: [string, string[]][] = [
  [
    'timeout for job #',
    ['timeout for job 123', 'timeout for job 124', 'timeout  for job a1-b2_c3\n  at x.ts:1'],
  ],
  ['connect ECONNREFUSED #', ['connect ECONNREFUSED 10.0.0.1:5432', 'connect ECONNREFUSED ::1:5432']],
  ['no customer …', ['no customer "Ann"', "no customer 'O'Neil'", 'no customer `x 1`', 'no customer «Zoë»']],
  ["can't read it, don't ask", ["can't read it, don't ask"]],
  ['GET <url> failed', ['GET https://example.org/a?b=c failed', 'GET http://127.0.0.1:80/ failed']],
  ['<address> refused', ['ann@example.org refused', 'bob.b+c@example.org refused']],
  ['after #', ['after 1.5, 2 3/4', 'after 7']],
  ['Größe # zu groß', ['Größe 12 zu groß', 'Größe ٣ zu groß']],
]

test('errors that differ in numbers, ids, quoted parts, addresses or URLs are one group', async t => {
  for (const [normalised, errors] of groups)
    for (const error of errors) t.equal(normalisedError(error), normalised, error)
})

test('the first line that is not blank counts', async t => {
  t.equal(firstLine('\n \r\n  Error: a \r\n b'), 'Error: a')
  t.equal(firstLine(' \n'), '')
})

test('a long error is cut, and half of a surrogate pair is replaced', async t => {
  const normalised = normalisedError('😀'.repeat(1_000_000))
  t.equal(normalised.length, 200)
  t.ok(normalisedError(`a\ud800${'b'.repeat(300)}`).isWellFormed())
})

test('hostile errors of the longest length are normalised in a moment', async t => {
  const hostile = ['"', "'", 'a@', 'a:', 'a+', '1.', '# ', '-1', 'x://'].map(part => part.repeat(2000))
  for (const error of hostile) t.ok(normalisedError(error).length <= 200)
})
