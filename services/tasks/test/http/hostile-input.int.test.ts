import { token, withstandsHostileInput } from '@daybook/shared/testing'
import { test } from 'tap'
import { as, type List, startTasks, write } from '../support/tasks.ts'

test('no path, query, header or body makes the service fail', async t => {
  const { url } = await startTasks(t)
  const { id } = await write(await as(url, 'alice'))
  await withstandsHostileInput(t, url, { token: await token('alice'), path: { id } })
})

test('q is a literal text, also with special characters of regular expressions', async t => {
  const { url } = await startTasks(t)
  const alice = await as(url, 'alice')
  for (const name of ['a\0b', 'a.b', 'a+b', 'axb', 'a\\Qb', 'A(b']) await write(alice, { name })
  for (const [q, names] of [
    ['\0', ['a\0b']],
    ['a.b', ['a.b']],
    ['a+B', ['a+b']],
    ['\\Q', ['a\\Qb']],
    ['a(', ['A(b']],
    ['.*', []],
  ] as const) {
    const { body } = await alice<List>(`/tasks?q=${encodeURIComponent(q)}`)
    t.strictSame(
      body.tasks.map(({ name }) => name),
      names,
      JSON.stringify(q),
    )
  }
})
