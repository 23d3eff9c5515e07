import { t, test } from 'tap'
import {
  as,
  complete,
  historyOf,
  type List,
  type ProblemJson,
  startTasks,
  type TaskJson,
  write,
} from '../support/tasks.ts'

const { url } = await startTasks(t)
const alice = await as(url, 'alice')

const kept = {
  'a path that leaves its folder': '../../etc/passwd',
  'sixty-four emoji': '🧺'.repeat(64),
  'a line break': 'first\r\nsecond\u2028third',
  'control characters and bidi overrides': '\u0000\u001b[31m\u202egnirts\u0085',
  'composed and decomposed letters': 'caf\u00e9 cafe\u0301',
  'five hundred characters outside the BMP': '𝔻'.repeat(500),
  'spaces around the name': '  milk  ',
  'a field path and an operator': '$set {"$gt":""}',
  'JSON within': '{"name":"x"}',
}

for (const [what, name] of Object.entries(kept)) {
  test(`a name is stored unchanged: ${what}`, async t => {
    const task = await write(alice, { name, notes: name, tags: [name.slice(0, 20)] })
    const completed = await complete(alice, task.id)
    t.equal(completed.body.name, name)
    t.equal((await alice<TaskJson>(`/tasks/${task.id}`)).body.notes, name)
    const { body } = await alice<{ events: { data: TaskJson }[] }>(`/tasks/${task.id}/events`)
    t.equal(body.events[1]?.data.name, name)
    t.strictSame(await historyOf(alice, task.id), ['TaskCreated', 'TaskCompleted'])
  })
}

const refused = {
  'no character': '',
  'blanks only': ' \t\n\u00a0\u3000',
  'a lone surrogate': 'a\ud83e',
  'ten thousand characters': 'x'.repeat(10_000),
  '501 characters': '𝔻'.repeat(501),
}

for (const [what, name] of Object.entries(refused)) {
  test(`a name is refused with a pointer, and nothing is stored: ${what}`, async t => {
    // JSON.stringify writes a lone surrogate as an escape, as an attacker would.
    const answer = await alice<ProblemJson>('/tasks', { body: { name, tags: ['refused'] } })
    t.equal(answer.status, 400)
    t.strictSame([...new Set(answer.body.errors?.map(({ pointer }) => pointer))], ['/name'])
    t.strictSame((await alice<List>('/tasks?tag=refused')).body.tasks, [])
  })
}

test('notes and tags with a lone surrogate are refused too', async t => {
  for (const odd of [{ notes: '\udc00' }, { tags: ['\udc00'] }]) {
    t.match(await alice('/tasks', { body: { name: 'x', ...odd } }), { status: 400 })
  }
})

test('users with unusual names have their own tasks', async t => {
  for (const user of ['../../etc/passwd', '💐', 'a:b', 'x'.repeat(255)]) {
    const ask = await as(url, user)
    const { id, userId } = await write(ask)
    t.equal(userId, user)
    t.match((await ask('/tasks')).body, { tasks: [{ id }] })
  }
})
