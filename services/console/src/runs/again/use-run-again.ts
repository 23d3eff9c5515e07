import type { Reporting } from '@daybook/client'
import { useState } from 'preact/hooks'
import { reportingApi } from '../../api/services.ts'
import { type Command, useCommand } from '../../elements/use-command.ts'

export type Rerun = Reporting.components['schemas']['Rerun']

/** Which logs are written again: all of a day in a time zone, those that failed, or that of one user. */
export interface WantedAgain {
  day: string
  timeZone: string
  user?: string
  failed?: true
}

/** Writing logs again: it is counted first, then asked, then ordered. */
export interface Again {
  command: Command
  /** Counts, and then asks. */
  ask: (wanted: WantedAgain) => Promise<void>
  /** What is asked: what is wanted, and what it would do. */
  asked: { wanted: WantedAgain; planned: Rerun } | undefined
  close: () => void
  confirm: () => Promise<void>
  /** What became of the last order. */
  ordered: Rerun | undefined
}

// Small orders are done within this time, and their answer says what became of them.
const PREFER = 'wait=10'

/** @param changed reads again what an order changes */
export function useRunAgain(changed: () => void): Again {
  const command = useCommand()
  const [asked, setAsked] = useState<Again['asked']>()
  const [ordered, setOrdered] = useState<Rerun>()
  const ask = async (wanted: WantedAgain) => {
    setOrdered(undefined)
    const body = { ...wanted, dryRun: true }
    const { data } = await command.run(() => reportingApi.POST('/runs', { body }), 'Counted.')
    if (data !== undefined) setAsked({ wanted, planned: data })
  }
  const confirm = async () => {
    if (asked === undefined) return
    const body = asked.wanted
    const params = { header: { prefer: PREFER } }
    const { data } = await command.run(() => reportingApi.POST('/runs', { params, body }), 'Ordered.')
    setOrdered(data)
    changed()
  }
  return { command, ask, asked, close: () => setAsked(undefined), confirm, ordered }
}
