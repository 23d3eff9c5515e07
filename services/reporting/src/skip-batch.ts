// Stores a batch that cannot be decoded as a dead letter, and moves its consumer group to the offset after the batch. The
// command needs reporting's settings: `npm run -w @daybook/reporting skip-batch -- --topic <topic> --partition <number>
// --offset <number>`
import { inspect, parseArgs } from 'node:util'
import { loadConfig } from '@daybook/shared/config/load-config'
import { letterId, openBatchLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { topics } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { connect } from '@daybook/shared/process/connect'
import { pino } from 'pino'
import { settings } from './config.ts'
import { clockGroup, projectionGroup, writerGroup } from './groups.ts'
import { logRequestTopic } from './logs/log-requests.ts'

const groups = new Map([
  [topics.tasks.name, projectionGroup],
  [topics.clock.name, clockGroup],
  [logRequestTopic.name, writerGroup],
])
const usage = `usage: skip-batch --topic <${[...groups.keys()].join(' | ')}> --partition <number> --offset <number>`

/** Reads the arguments of the command. @throws Error with the usage */
function readArguments() {
  const string = { type: 'string' } as const
  const { values } = parseArgs({ options: { topic: string, partition: string, offset: string } })
  const { topic = '', partition = '', offset = '' } = values
  const group = groups.get(topic)
  if (group === undefined || !/^\d{1,9}$/.test(partition) || !/^\d{1,18}$/.test(offset))
    throw new Error(usage)
  return { group, topic, partition: Number(partition), offset: BigInt(offset) }
}

async function skip(closing: AsyncDisposableStack): Promise<string> {
  const { offset, ...place } = readArguments()
  const config = loadConfig(settings, process.env)
  const log = pino(
    { name: 'skip-batch', level: 'warn' },
    pino.destination({ dest: process.stderr.fd, sync: true }),
  )
  const fail = (error: Error) => log.error({ err: error }, 'failed')
  const service = { log, closing, fail, signal: new AbortController().signal }
  const { mongo, kafka } = await connect(service, config, { clientId: 'daybook-skip-batch', topics: [] })
  const park = openBatchLetters(mongo)
  let letter = ''
  const skipped = await kafka.skipBatch({
    ...place,
    offset,
    async keep(batch) {
      await park(place, batch)
      letter = letterId(place, batch.baseOffset)
    },
  })
  const which = `${place.topic}/${place.partition} at offset ${offset}`
  if (skipped === 'passed')
    return `The group ${place.group} has already passed ${which}: there is nothing to do.`
  return `Skipped the batch of ${which}. It is stored as the dead letter ${letter}. Start reporting again.`
}

const closing = new AsyncDisposableStack()
try {
  process.stdout.write(`${await skip(closing)}\n`)
} catch (error) {
  const isExpected = error instanceof DaybookError || (error as Error).message === usage
  process.stderr.write(`${isExpected ? (error as Error).message : inspect(error)}\n`)
  process.exitCode = 1
} finally {
  await closing.disposeAsync()
}
