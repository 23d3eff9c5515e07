// Skips a batch that cannot be decoded, see `runSkipBatch`: `npm run -w @daybook/reporting skip-batch -- --topic <topic>
// --partition <number> --offset <number>`
import { topics } from '@daybook/shared/events'
import { runSkipBatch } from '@daybook/shared/process/skip-batch'
import { clockGroup, projectionGroup } from './groups.ts'
import { requestSources } from './logs/log-writer.ts'

const groups = new Map([
  [topics.tasks.name, projectionGroup],
  [topics.clock.name, clockGroup],
  ...requestSources.map(({ topic, group }) => [topic, group] as const),
])
await runSkipBatch('reporting', groups)
