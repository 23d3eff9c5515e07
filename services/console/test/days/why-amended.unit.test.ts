import t from 'tap'
import { type Amendment, whyAmended } from '../../src/days/why-amended.ts'

const amendment: Amendment = {
  ...{ revision: 2, writtenAt: '2026-11-28T06:00:00.000Z', run: '2026-11-27@Europe/Berlin' },
  ...{ reason: 'late', completionsBefore: 3, completions: 4, trace: null },
}
const why = (facts: Partial<Amendment>) => whyAmended({ ...amendment, ...facts })

t.test('a change after the day was closed says how many completions the log has since', async t => {
  t.equal(why({}), 'It got more completions after the day was closed: 3 became 4.')
  t.equal(why({ completions: 2 }), 'It lost completions after the day was closed: 3 became 2.')
  t.equal(why({ completions: 3 }), 'Its completions changed after the day was closed.')
})

t.test('what else asked for a log is said', async t => {
  t.match(why({ reason: 'run' }), /^A run of the day wrote it again, .*: 3 became 4\.$/)
  t.equal(why({ reason: 'again' }), 'An operator ordered to write it again.')
  t.equal(why({ reason: 'erased' }), 'Text in it was erased.')
})
