import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { t, test } from 'tap'
import { startTasks } from '../support/tasks.ts'

const { url } = await startTasks(t)
const docs = join(import.meta.dirname, '../../../../docs')
const served = async (path: string) => (await fetch(url + path)).json()
const committed = async (path: string) => JSON.parse(await readFile(join(docs, path), 'utf8'))

test('the AsyncAPI document is served as it is committed, without a token', async t => {
  t.strictSame(await served('/asyncapi.json'), await committed('asyncapi.json'))
})

test('each JSON Schema is served as it is committed, without a token', async t => {
  for (const file of await readdir(join(docs, 'schemas'))) {
    const [, type, version] = /^(\w+)\.v(\d+)\.json$/.exec(file) ?? []
    t.strictSame(await served(`/schemas/${type}/${version}`), await committed(`schemas/${file}`), file)
  }
})

test('a type or a version that does not exist is not found', async t => {
  for (const path of ['/schemas/TaskCompleted/9', '/schemas/MoonRose/1', '/schemas/constructor/1']) {
    t.match(await served(path), { status: 404, type: 'urn:daybook:error:DAYBOOK_ROUTE_NOT_FOUND' }, path)
  }
  t.match(await served('/schemas/TaskCompleted/x'), { status: 400 })
})
