import type { Envelope } from '@daybook/shared/events'
import type { EmbeddedEvent, Outbox } from '@daybook/shared/outbox'
import { type Command, type Draw, some } from './compare.ts'

interface WithOutbox {
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

/** Calls on the outbox of a store. The events are in the order of each document: that of documents may differ. */
export function outboxCommands<Store extends WithOutbox>(random: Draw): (() => Command<Store>)[] {
  const [age, part] = [random(3) * 400 - 1, some(random, [0, 1, 2, 3])]

  /** Some of the events that waited at some time before. */
  const waited = (known: unknown[]) => {
    const found = known.findLast(answer => Array.isArray(answer) && answer[0]?.document !== undefined)
    const all = (found ?? []) as EmbeddedEvent[]
    return part.flatMap(place => all[place] ?? [])
  }
  return [
    () => ({
      name: 'leftBehind',
      run: async store => byDocument(await store.outbox(async () => {}).leftBehind(age, 99)),
    }),
    () => ({
      name: 'publish',
      async run(store, known) {
        const published: Envelope[] = []
        await store.outbox(async events => void published.push(...events)).publish(waited(known))
        return published.map(({ id }) => id).sort()
      },
    }),
    () => ({
      name: 'markPublished',
      run: (store, known) => store.outbox(async () => {}).markPublished(waited(known)),
    }),
  ]
}

const byDocument = (events: EmbeddedEvent[]) =>
  events.sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0))
