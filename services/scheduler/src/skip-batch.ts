// Skips a batch that cannot be decoded, see `runSkipBatch`: `npm run -w @daybook/scheduler skip-batch -- --topic <topic>
// --partition <number> --offset <number>`
import { jobTopics } from '@daybook/shared/events'
import { runSkipBatch } from '@daybook/shared/process/skip-batch'
import { resultsGroup } from './jobs/outcomes/results-consumer.ts'
import { requestsGroup } from './jobs/requests/requests-consumer.ts'

const groups = new Map([
  [jobTopics.results.name, resultsGroup],
  [jobTopics.requests.name, requestsGroup],
])
await runSkipBatch('scheduler', groups)
