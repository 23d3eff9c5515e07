import { startService, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { dropRebuild } from '../../src/rebuild/begin-rebuild.ts'
import { rebuildView } from '../../src/rebuild/rebuild-view.ts'
import { startCommand } from '../support/commands.ts'
import { makeRebuilding } from '../support/rebuilding.ts'

/** Twelve tasks. One is missing in the view, one is damaged, and one is in no event. */
async function damaged(t: Test) {
  const bench = await makeRebuilding(t)
  const ids = (await Promise.all(Array.from({ length: 12 }, () => bench.create()))).map(({ id }) => id)
  const [missing = '', changed = '', ...others] = ids
  for (let round = 0; round < 11; round += 1) await bench.edit(changed, `version ${round}`)
  await bench.tasks.deleteOne({ _id: missing })
  await bench.tasks.updateOne({ _id: changed }, { $set: { name: 'damaged' } })
  const extra = 'eeeeeeee-0000-7000-8000-000000000000'
  const sample = await bench.tasks.findOne({ _id: others[0] as string })
  await bench.tasks.insertOne({ ...(sample as NonNullable<typeof sample>), _id: extra })
  return { ...bench, missing, changed, extra, others }
}

test('a rebuild shows how the live view differs, and the swap repairs it', async t => {
  const { stack, ports, show, shown, tasks, missing, changed, extra, differing, collections } =
    await damaged(t)
  const first = await startCommand(t, stack, 'rebuild').ended
  t.equal(first.code, 0, first.errors)
  t.strictSame(
    new Set(first.lines),
    new Set([
      `${missing} of alice: missing`,
      `${changed} of alice: changed (name)`,
      `${extra} of alice: extra`,
      '3 tasks differ. In the live view 1 missing, 1 extra, 1 changed.',
      'Generation 1 is kept beside the live one: --swap makes it live, --drop removes it.',
    ]),
  )
  t.strictSame(await collections(), ['tasks', 'tasks_next_1'])
  t.equal((await differing()).length, 3, 'the live view is as it was')

  const indexes = await tasks.indexes()
  t.equal(await rebuildView({ then: 'swap', show }, ports), 'Generation 1 is live.')
  t.strictSame(await differing(), [])
  t.strictSame(await collections(), ['tasks'])
  t.strictSame(await tasks.indexes(), indexes)
  shown.length = 0
  t.match(await rebuildView({ then: 'swap', show }, ports), /^The live generation stays/)
  t.strictSame(shown, ['The live view has no difference.'])
  t.strictSame(await collections(), ['tasks'])
})

test('commands are handled during a rebuild, and each of their changes is in the new view', async t => {
  const { ports, show, others, create, edit, differing, changed, view } = await damaged(t)
  let isDone = false
  const swapped = rebuildView({ then: 'swap', show }, ports).finally(() => {
    isDone = true
  })
  let count = 0
  const busy = async (taskId: string) => {
    for (; !isDone; count += 1) await edit(taskId, `change ${count}`)
  }
  const creating = async () => {
    while (!isDone) await create()
  }
  await Promise.all([swapped, creating(), ...others.map(busy)])
  t.strictSame(await differing(), [])
  t.match(await view.load(changed), { name: 'version 10', version: 12 })
  t.ok(count > 0)
})

test('what was stored between the last pass and the swap is applied after it, by a process of tasks if the command was killed', async t => {
  const { stack, ports, show, others, edit, differing, expire, view, collections } = await damaged(t)
  const [behind = ''] = others
  const dying = {
    ...ports,
    views: {
      ...ports.views,
      async makeLive(generation: number) {
        await edit(behind, 'stored before the rename')
        await ports.views.makeLive(generation)
        throw new Error('killed')
      },
    },
  }
  await t.rejects(rebuildView({ then: 'swap', show }, dying), { message: 'killed' })
  t.match(await view.load(behind), { version: 1 }, 'the change is only in the documents that are gone')
  await t.rejects(rebuildView({ then: 'keep', show }, ports), { code: 'DAYBOOK_REBUILD_REFUSED' })
  await expire()
  await startService(t, 'tasks', stack.env)
  await until('a process of tasks has finished it', async () => (await ports.rebuilds.read()) === undefined)
  t.strictSame(await differing(), [])
  t.strictSame(await collections(), ['tasks'])
})

test('a rebuild that is killed while it builds leaves the live view as it was, and a second start works', async t => {
  const { ports, show, differing, expire, collections, shown } = await damaged(t)
  const killed = await ports.rebuilds.begin('killed')
  const part = await ports.views.open(killed?.generation ?? 0)
  await part.write((await ports.views.page('live', ''))[0] as never)
  await t.rejects(rebuildView({ then: 'swap', show }, ports), /of generation 1 \(building\) is under way/)
  t.equal((await differing()).length, 3)
  await expire()
  t.equal(await rebuildView({ then: 'swap', show }, ports), 'Generation 2 is live.')
  t.match(shown.at(-1), /^3 tasks differ/)
  t.strictSame(await differing(), [])
  t.strictSame(await collections(), ['tasks'])
})

test('an interrupted rebuild removes what it has built, and --drop what is kept', async t => {
  const { ports, show, differing, collections } = await damaged(t)
  const interrupted = new AbortController()
  const ids = {
    ...ports.ids,
    async page(...args: Parameters<typeof ports.ids.page>) {
      interrupted.abort(new Error('interrupted'))
      return ports.ids.page(...args)
    },
  }
  const interruptible = { ...ports, ids, signal: interrupted.signal }
  await t.rejects(rebuildView({ then: 'swap', show }, interruptible), { message: 'interrupted' })
  t.strictSame(await collections(), ['tasks'])
  await rebuildView({ then: 'keep', show }, ports)
  t.strictSame(await collections(), ['tasks', 'tasks_next_2'])
  t.equal(await dropRebuild(ports), 'The rebuild of generation 2 is ended.')
  t.equal(await dropRebuild(ports), 'No generation is kept.')
  t.strictSame(await collections(), ['tasks'])
  t.equal((await differing()).length, 3)
})
