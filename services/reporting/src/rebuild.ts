// Builds the projection again from all events, see `rebuildProjection`: `npm run -w @daybook/reporting rebuild`. It prints by day and
// user how the live generation differs. With --swap the new generation becomes live.
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { loadConfig } from '@daybook/shared/config/load-config'
import { runCommand } from '@daybook/shared/process/run-command'
import { interruption } from '@daybook/shared/rebuild/rebuild'
import { dropRebuild } from './rebuild/begin-rebuild.ts'
import { openRebuilds } from './rebuild/rebuild-ports.ts'
import { rebuildProjection } from './rebuild/rebuild-projection.ts'
import { openClosedDays } from './runs/closed-day-store.ts'
import { amendWith } from './runs/late-completions.ts'
import { openRuns } from './runs/run-store.ts'

await runCommand({
  service: 'reporting',
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
  async run({ swap, drop }, { mongo, kafka, log }) {
    const stores = openRebuilds(mongo)
    const ports = {
      ...stores,
      kafka,
      amend: amendWith({
        runs: await openRuns(mongo),
        closedDays: openClosedDays(mongo),
        completions: await stores.completionsOf('live'),
        kafka,
        // The services find the runs that are made.
        wakeRuns: () => undefined,
      }),
      owner: randomUUID(),
      report: (line: string) => void process.stderr.write(`${line}\n`),
      log,
      signal: interruption(),
    }
    const show = (text: string) => void process.stdout.write(`${text}\n`)
    const text = drop
      ? await dropRebuild(ports)
      : await rebuildProjection({ then: swap ? 'swap' : 'keep', show }, ports)
    return { text, exitCode: 0 }
  },
})
