import { parseArgs } from 'node:util'
import { loadConfig } from '../config/load-config.ts'
import { letterId, openBatchLetters } from '../dead-letters/dead-letter-store.ts'
import { type Connected, type Printed, runCommand } from './run-command.ts'

/** The consumer groups of a service by the topics that they read, both without the stack's prefix. */
export type Groups = ReadonlyMap<string, string>

interface Skipped {
  place: { group: string; topic: string; partition: number }
  offset: bigint
}

/**
 * Runs the program of a service that stores a batch which can't be decoded as a dead letter, and moves the consumer group of
 * the topic to the offset after the batch. The program prints what it did, or why it did nothing (exit code 1). It takes the
 * arguments `--topic`, `--partition` and `--offset`, and the settings that all services have in common.
 * @param service the name of the service, as in `reporting`
 */
export function runSkipBatch(service: string, groups: Groups): Promise<void> {
  return runCommand({
    service,
    name: 'skip-batch',
    usage: `skip-batch --topic <${[...groups.keys()].join(' | ')}> --partition <number> --offset <number>`,
    loadConfig: () => loadConfig({}, process.env),
    readArguments: () => readArguments(groups),
    run: (skipped, connected) => skip(skipped, service, connected),
  })
}

function readArguments(groups: Groups): Skipped | undefined {
  const string = { type: 'string' } as const
  const { values } = parseArgs({ options: { topic: string, partition: string, offset: string } })
  const { topic = '', partition = '', offset = '' } = values
  const group = groups.get(topic)
  if (group === undefined || !/^\d{1,9}$/.test(partition) || !/^\d{1,18}$/.test(offset)) return undefined
  return { place: { group, topic, partition: Number(partition) }, offset: BigInt(offset) }
}

async function skip(
  { place, offset }: Skipped,
  service: string,
  { mongo, kafka }: Pick<Connected<unknown>, 'mongo' | 'kafka'>,
): Promise<Printed> {
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
  const text =
    skipped === 'passed'
      ? `The group ${place.group} has already passed ${which}: there is nothing to do.`
      : `Skipped the batch of ${which}. It is stored as the dead letter ${letter}. Start ${service} again.`
  return { text, exitCode: 0 }
}
