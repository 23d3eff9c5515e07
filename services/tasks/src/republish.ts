// Publishes stored events again, see `republishEvents`: `npm run -w @daybook/tasks republish`. It may be repeated and interrupted:
// consumers skip what they know.
import { parseArgs } from 'node:util'
import { loadConfig } from '@daybook/shared/config/load-config'
import { Day, topics } from '@daybook/shared/events'
import { progressBar } from '@daybook/shared/process/progress'
import { runCommand } from '@daybook/shared/process/run-command'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { openEventStore } from './events/event-store.ts'
import { openStoredIds } from './events/stored-ids-store.ts'
import { taskOutbox } from './events/task-outbox.ts'
import { type Counted, countEvents, republishEvents } from './republish/republish-events.ts'
import { openTaskView } from './view/view-store.ts'

const faultsOf = validatorOf(Day('The day'))

await runCommand({
  service: 'tasks',
  name: 'republish',
  usage: 'republish [--user <id>] [--day <YYYY-MM-DD>] [--rate <events a second>] [--dry-run]',
  loadConfig: () => loadConfig({}, process.env),
  readArguments() {
    const string = { type: 'string' } as const
    const dryRun = { type: 'boolean', default: false } as const
    const { values, positionals } = parseArgs({
      options: { user: string, day: string, rate: { ...string, default: '2000' }, 'dry-run': dryRun },
      allowPositionals: true,
    })
    const { user: userId, day, rate, 'dry-run': isDryRun } = values
    const isWrong = positionals.length > 0 || userId === '' || !/^[1-9]\d{0,6}$/.test(rate)
    if (isWrong || (day !== undefined && faultsOf(day).length > 0)) return undefined
    return { part: { userId, day }, rate: Number(rate), isDryRun }
  },
  async run({ part, rate, isDryRun }, { mongo, kafka, log }) {
    const ids = openStoredIds(mongo)
    if (isDryRun)
      return {
        text: `${textOf(await countEvents(part, { ids, log }))} would be published again.`,
        exitCode: 0,
      }
    // Also when a topic was lost: it gets its settings before the first event.
    await kafka.createTopics([topics.tasks, topics.taskStates])
    const store = await openEventStore(mongo)
    const outbox = taskOutbox({ store, view: await openTaskView(mongo), kafka })
    const isWhole = part.userId === undefined && part.day === undefined
    const total = isWhole ? await ids.estimate() : (await countEvents(part, { ids, log })).events
    const progress = progressBar('publishing', total, 'events')
    const published = await republishEvents(part, { ids, store, outbox, rate, progress, log })
    progress.end()
    return { text: `${textOf(published)} are published again.`, exitCode: 0 }
  },
})

function textOf({ events, tasks }: Counted): string {
  return `${events.toLocaleString('en')} events of ${tasks.toLocaleString('en')} tasks`
}
