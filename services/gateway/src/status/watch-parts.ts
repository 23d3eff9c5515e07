import { type Loop, startLoop } from '@daybook/shared/async/loop'
import type { Look } from './looks.ts'
import { type PartName, type PartState, partNames, type Seen } from './parts.ts'

const EVERY_MS = 5000
const ANSWER_MS = 2000

/** The states of all parts. */
export interface PartWatch extends Pick<Loop, 'stop'> {
  states: () => PartState[]
}

/**
 * Looks at all parts every five seconds, and remembers since when each is in its state. So the question for the states is answered at
 * once, also while a part hangs.
 */
export function watchParts(looks: Record<PartName, Look>, fail: (error: Error) => void): PartWatch {
  const started = new Date().toISOString()
  const states = new Map<PartName, PartState>(
    partNames.map(name => [name, { name, state: 'unknown', since: started, answeredAt: null, troubles: {} }]),
  )

  async function look(name: PartName): Promise<void> {
    const seen = await within(looks[name])
    const at = new Date().toISOString()
    const { state, since, answeredAt } = states.get(name) as PartState
    states.set(name, {
      ...{ name, ...seen },
      since: seen.state === state ? since : at,
      answeredAt: seen.state === 'no answer' ? answeredAt : at,
    })
  }

  const { stop } = startLoop(async () => {
    await Promise.all(partNames.map(look))
    return EVERY_MS
  }, fail)
  return { states: () => [...states.values()], stop }
}

async function within(look: Look): Promise<Seen> {
  const signal = AbortSignal.timeout(ANSWER_MS)
  const late = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => late.reject(signal.reason))
  try {
    return await Promise.race([look(signal), late.promise])
  } catch {
    // Whatever the reason: the log of the part has it, and its address is not for clients.
    return { state: 'no answer', troubles: {} }
  }
}
