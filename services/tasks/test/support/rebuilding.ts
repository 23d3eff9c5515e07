import { randomUUID } from 'node:crypto'
import { makeStack, silent } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { commandHandler } from '../../src/commands/handle-command.ts'
import { openEventStore } from '../../src/events/event-store.ts'
import { openStoredIds } from '../../src/events/stored-ids-store.ts'
import type { RebuildPorts } from '../../src/rebuild/rebuild-ports.ts'
import { openRebuilds } from '../../src/rebuild/rebuild-store.ts'
import { openViews } from '../../src/rebuild/views-store.ts'
import type { TaskDocument } from '../../src/view/task-model.ts'
import { openTaskView } from '../../src/view/view-store.ts'
import { at, create } from './given.ts'

/** A store and a view, the handler of commands on them, and the ports of a rebuild. */
export async function makeRebuilding(t: Test) {
  const stack = await makeStack(t)
  const { db } = stack
  const store = await openEventStore(db)
  const view = await openTaskView(db)
  const relay = { offer: () => undefined, pace: async () => undefined }
  const handle = commandHandler({ store, view, relay })
  const reports: string[] = []
  const shown: string[] = []
  const ports: RebuildPorts = {
    rebuilds: openRebuilds(db),
    views: openViews(db),
    store,
    ids: openStoredIds(db),
    owner: randomUUID(),
    report: line => void reports.push(line),
    progress: () => ({ add: () => undefined, end: () => undefined }),
    log: silent,
    signal: new AbortController().signal,
  }
  const tasks = db.collection<TaskDocument>('tasks')
  return {
    ...{ stack, ports, store, view, tasks, reports, shown },
    show: (text: string) => void shown.push(...text.split('\n')),
    create: (taskId: string = randomUUID()) => handle({ ...create(), taskId }, ''),
    edit: (taskId: string, name: string) =>
      handle({ ...at(new Date().toISOString(), { type: 'edit', changes: { name } }), taskId }, ''),
    /** The tasks of which the view differs from the events. */
    async differing(): Promise<string[]> {
      const ids = new Set((await db.collection('events').distinct('data.taskId')) as string[])
      const known = await view.loadAll([...ids])
      const differs = async (id: string) =>
        JSON.stringify(sorted(known.get(id))) !== JSON.stringify(sorted(await store.rebuild(id)))
      const all = await Promise.all([...ids].map(async id => ((await differs(id)) ? id : [])))
      const extra = (await tasks.distinct('_id')).filter(id => !ids.has(id))
      return [...all.flat(), ...extra]
    },
    /** In place of the time that the lease of a dead process lasts. */
    expire: () => db.collection('view_rebuilds').updateOne({}, { $set: { 'rebuild.until': new Date(0) } }),
    collections: async () =>
      (await db.listCollections())
        .map(({ name }) => name)
        .filter(name => name.startsWith('tasks'))
        .sort(),
  }
}

const sorted = (value: object | undefined) => Object.entries(value ?? {}).sort()
