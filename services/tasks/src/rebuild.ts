// Builds the view again from all events, see `rebuildView`: `npm run -w @daybook/tasks rebuild`. It prints how the tasks of the live
// view differ. With --swap the new generation becomes live.
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { loadConfig } from '@daybook/shared/config/load-config'
import { progressBar } from '@daybook/shared/process/progress'
import { runCommand } from '@daybook/shared/process/run-command'
import { interruption } from '@daybook/shared/rebuild/rebuild'
import { openEventStore } from './events/event-store.ts'
import { openStoredIds } from './events/stored-ids-store.ts'
import { dropRebuild } from './rebuild/begin-rebuild.ts'
import { openRebuilds } from './rebuild/rebuild-store.ts'
import { rebuildView } from './rebuild/rebuild-view.ts'
import { openViews } from './rebuild/views-store.ts'

await runCommand({
  service: 'tasks',
  name: 'rebuild',
  usage: 'rebuild [--swap | --drop]',
  loadConfig: () => loadConfig({}, process.env),
  readArguments() {
    const flag = { type: 'boolean', default: false } as const
    const { values, positionals } = parseArgs({
      options: { swap: flag, drop: flag },
      allowPositionals: true,
    })
    return positionals.length > 0 || (values.swap && values.drop) ? undefined : values
  },
  async run({ swap, drop }, { mongo, log }) {
    const ports = {
      rebuilds: openRebuilds(mongo),
      views: openViews(mongo),
      store: await openEventStore(mongo),
      ids: openStoredIds(mongo),
      owner: randomUUID(),
      report: (line: string) => void process.stderr.write(`${line}\n`),
      progress: progressBar,
      log,
      signal: interruption(),
    }
    const show = (text: string) => void process.stdout.write(`${text}\n`)
    const text = drop
      ? await dropRebuild(ports)
      : await rebuildView({ then: swap ? 'swap' : 'keep', show }, ports)
    return { text, exitCode: 0 }
  },
})
