import { Counter, type Registry } from 'prom-client'
import type { BatchPlace } from '../dead-letters/dead-letter-store.ts'
import { askedSeries } from '../process/asked-gauge.ts'
import type { LetterRoutes } from './letter-routes.ts'

const labelNames = ['topic', 'group']

/** Registers the counter of messages that this process has parked. @returns what counts one */
export function parkedCounter(registry: Registry): (place: BatchPlace) => void {
  const parked = new Counter({
    name: 'daybook_dead_letters_parked_total',
    help: 'Messages that this process has stored as dead letters',
    labelNames,
    registers: [registry],
  })
  return ({ topic, group }) => parked.inc({ topic, group })
}

/** Registers the gauge of the letters that are stored. All processes of a service show the same. */
export function letterGauge(
  registry: Registry,
  { topics, list }: Pick<LetterRoutes, 'topics' | 'list'>,
): void {
  const gauge = {
    name: 'daybook_dead_letters',
    help: 'Dead letters that are stored; at most 10,000 of each group are counted',
    labelNames,
  }
  askedSeries(registry, gauge, () =>
    Promise.all(
      [...topics].map(async ([group, topic]) => {
        const { count } = await list.count({ groups: new Map([[group, topic]]) })
        return { labels: { topic, group }, value: count }
      }),
    ),
  )
}
