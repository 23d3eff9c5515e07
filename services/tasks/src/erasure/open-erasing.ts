import { eraseLetters } from '@daybook/shared/dead-letters/erase-letters-store'
import { keyOf, toMessage, topics, type UserErased } from '@daybook/shared/events'
import { makeWaiters } from '@daybook/shared/http'
import type { KafkaPort } from '@daybook/shared/kafka'
import { startRelay, sweepLease } from '@daybook/shared/outbox'
import type { Service } from '@daybook/shared/process/service'
import type { EraseDeps } from './erase-tasks.ts'
import { openErasures } from './erasure-store.ts'
import { startErasures } from './start-erasures.ts'
import { openUserTexts } from './user-texts-store.ts'

/**
 * Opens the stored erasures, and starts the loop that carries them out and the relay of their events, which `closing` stops.
 * @returns what the routes need
 */
export async function openErasing(
  ports: Pick<EraseDeps, 'handle' | 'store'> & {
    mongo: Parameters<typeof openErasures>[0]
    kafka: Pick<KafkaPort, 'publish'>
  },
  { log, fail, signal, closing }: Pick<Service, 'log' | 'fail' | 'signal' | 'closing'>,
) {
  const { mongo, kafka } = ports
  const erasures = await openErasures(mongo)
  const texts = openUserTexts(mongo)
  const outbox = erasures.outbox(events =>
    kafka.publish(
      topics.tasks.name,
      (events as UserErased[]).map(event => toMessage(event, keyOf.tasks(event))),
    ),
  )
  const relay = startRelay(outbox, { log, fail, maySweep: sweepLease(mongo, 'erasures') })
  closing.defer(() => relay.stop())
  const forget = (userId: string) => eraseLetters(mongo, userId, [topics.tasks.name])
  const waiters = makeWaiters(log, erasures.doneAmong)
  const mayWork = sweepLease(mongo, 'work on erasures')
  const loop = startErasures(
    { ...ports, erasures, texts, relay, forget, mayWork, ended: waiters.ended, log },
    { signal, fail },
  )
  closing.defer(() => loop.stop())
  return { erasures, texts, waiters, wakeErasures: loop.wake }
}
