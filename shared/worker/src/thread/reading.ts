import type { Logger } from 'pino'
import type { KafkaPort, RunningConsumer } from '../../../src/kafka/index.ts'
import { takeDue } from '../attempts/take-due.ts'
import { obey, readControl } from './control.ts'
import { readLane } from './lane.ts'
import type { Program } from './program.ts'

interface Options {
  kafka: KafkaPort
  lanes: string[]
  signal: AbortSignal
  log: Logger
}

/**
 * Reads the control topic and then the lanes, so that no order about an attempt of a lane is missed.
 * @param consumers gets each consumer that was started
 */
export async function startReading(
  { identity, orders, taking, assign }: Program,
  consumers: RunningConsumer[],
  { kafka, lanes, signal, log }: Options,
): Promise<void> {
  const group = `daybook.worker.${identity.worker}`
  const control = await readControl({ kafka, group, signal, log }, event => obey(event, identity, orders))
  consumers.push(control)
  const read = async (lane: string) => {
    const take: Parameters<typeof readLane>[0]['take'] = (due, at, interrupted) =>
      takeDue(due, at, interrupted, taking)
    const onAssigned = (partitions: number[]) => assign(lane, partitions)
    consumers.push(await readLane({ kafka, lane, onAssigned, take, signal, log }))
  }
  await Promise.all(lanes.map(read))
}
