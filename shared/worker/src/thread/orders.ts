import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Hold, Holds } from '../attempts/holds.ts'
import type { Recent } from '../attempts/recent.ts'
import { type Beat, type Identity, nameOf } from '../attempts/results.ts'
import type { Beats } from './beats.ts'
import type { Orders } from './control.ts'

interface OrderDeps {
  holds: Holds
  beats: Pick<Beats, 'now'>
  identity: Identity
  /** The attempts that are to be cancelled, also those that have not arrived yet. */
  cancelled: Recent
  setState: (state: Beat['state']) => void
  log: Logger
}

/** Makes what the control topic can ask for. */
export function makeOrders({ holds, beats, identity, cancelled, setState, log }: OrderDeps): Orders {
  const find = (attempt: { job: string; attempt: number }): Hold[] => {
    const hold = holds.get(nameOf(attempt))
    return hold === undefined ? [] : [hold]
  }
  return {
    cancel(attempt) {
      cancelled.add(nameOf(attempt))
      for (const hold of find(attempt)) holds.abort(hold, 'cancelled')
    },
    lose(attempt) {
      for (const hold of find(attempt)) holds.lose(hold)
    },
    loseAll() {
      log.warn(
        'the leases of all attempts are lost: aborting the running handlers, and going on under a new id',
      )
      for (const hold of holds.all()) if (hold.state !== 'waiting') holds.lose(hold)
      identity.worker = randomUUID()
      beats.now()
    },
    quiet() {
      setState('quiet')
      for (const hold of holds.all()) if (hold.state === 'waiting') holds.abort(hold, 'stopping')
      beats.now()
    },
  }
}
