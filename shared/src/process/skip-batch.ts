import { inspect, parseArgs } from 'node:util'
import { pino } from 'pino'
import { loadConfig } from '../config/load-config.ts'
import { letterId, openBatchLetters } from '../dead-letters/dead-letter-store.ts'
import { DaybookError } from '../failures/errors.ts'
import { connect } from './connect.ts'

/** The consumer groups of a service by the topics that they read, both without the stack's prefix. */
export type Groups = ReadonlyMap<string, string>

/**
 * Runs the program of a service that stores a batch which can't be decoded as a dead letter, and moves the consumer group of
 * the topic to the offset after the batch. The program prints what it did, or why it did nothing (exit code 1). It takes the
 * arguments `--topic`, `--partition` and `--offset`, and the settings that all services have in common.
 * @param service the name of the service, as in `reporting`
 */
export async function runSkipBatch(service: string, groups: Groups): Promise<void> {
  const usage = `usage: skip-batch --topic <${[...groups.keys()].join(' | ')}> --partition <number> --offset <number>`
  const closing = new AsyncDisposableStack()
  try {
    const done = await skip({ service, groups, usage, closing })
    process.stdout.write(`${done}\n`)
  } catch (error) {
    const isExpected = error instanceof DaybookError || (error as Error).message === usage
    process.stderr.write(`${isExpected ? (error as Error).message : inspect(error)}\n`)
    process.exitCode = 1
  } finally {
    await closing.disposeAsync()
  }
}

/** @throws Error with the usage */
function readArguments(groups: Groups, usage: string) {
  const string = { type: 'string' } as const
  const { values } = parseArgs({ options: { topic: string, partition: string, offset: string } })
  const { topic = '', partition = '', offset = '' } = values
  const group = groups.get(topic)
  if (group === undefined || !/^\d{1,9}$/.test(partition) || !/^\d{1,18}$/.test(offset))
    throw new Error(usage)
  return { place: { group, topic, partition: Number(partition) }, offset: BigInt(offset) }
}

async function skip(program: {
  service: string
  groups: Groups
  usage: string
  closing: AsyncDisposableStack
}): Promise<string> {
  const { service, closing } = program
  const { place, offset } = readArguments(program.groups, program.usage)
  const config = loadConfig({}, process.env)
  const log = pino(
    { name: 'skip-batch', level: 'warn' },
    pino.destination({ dest: process.stderr.fd, sync: true }),
  )
  const fail = (error: Error) => log.error({ err: error }, 'failed')
  const connecting = { name: service, log, closing, fail, signal: new AbortController().signal }
  const { mongo, kafka } = await connect(connecting, config, [])
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
  return `Skipped the batch of ${which}. It is stored as the dead letter ${letter}. Start ${service} again.`
}
