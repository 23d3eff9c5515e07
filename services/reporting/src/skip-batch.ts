// Skips a batch that cannot be decoded, see `runSkipBatch`: `npm run -w @daybook/reporting skip-batch -- --topic <topic>
// --partition <number> --offset <number>`
import { topics } from '@daybook/shared/events'
import { runSkipBatch } from '@daybook/shared/process/skip-batch'
import { clockGroup, projectionGroup, writerGroup } from './groups.ts'
import { logRequestTopic } from './logs/log-requests.ts'

const groups = new Map([
  [topics.tasks.name, projectionGroup],
  [topics.clock.name, clockGroup],
  [logRequestTopic.name, writerGroup],
])
await runSkipBatch('reporting', groups)
