import { normalisedError } from '@daybook/shared/incidents/error-words'
import { test } from 'tap'
import { episodeId } from '../../src/mail/episode-id.ts'

test('errors with other words are other groups', async t => {
  const errors = ['timeout for job 1', 'timeout for task 1', 'no timeout for job 1', '']
  t.equal(new Set(errors.map(error => episodeId('kind x', normalisedError(error)))).size, errors.length)
})

test('the same error of another topic is another group, and no error is the group of all others', async t => {
  const ids = [episodeId('kind x', 'e'), episodeId('kind y', 'e'), episodeId('kind x', undefined)]
  t.equal(new Set(ids).size, 3)
})
