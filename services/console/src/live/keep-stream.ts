import type { EventSourceMessage } from 'eventsource-parser'
import type { LiveEvent, Message } from './message.ts'
import { pause } from './pause.ts'
import { type Refusal, readStream } from './stream.ts'

interface Options {
  token: string
  position: () => string | undefined
  tell: (message: Message) => void
  /** Is called when the gateway refuses the token or says that it has ended. */
  expire: () => void
  signal: AbortSignal
}

const FIRST_PAUSE_MS = 500
const MOST_PAUSE_MS = 15_000

/**
 * Reads streams, one after the other, until the signal. The pauses between failures grow, and differ from browser to browser. They are
 * as long as a refusal asks for, at least.
 */
export async function keepStream({ token, position, tell, expire, signal }: Options): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS
  let refusals = 0
  const onEvent = ({ event, id, data }: EventSourceMessage) => {
    if (event === 'reset') tell({ type: 'renew', position: id })
    else if (event === 'position') tell({ type: 'position', position: id })
    else if (event === 'end') {
      if ((JSON.parse(data) as { reason: string }).reason === 'token-expired') expire()
    } else tell({ type: 'event', position: id, event: JSON.parse(data) as LiveEvent })
  }
  while (!signal.aborted) {
    const after = position()
    const onOpen = () => {
      pauseMs = FIRST_PAUSE_MS
      tell({ type: 'refusal', problem: undefined })
      // What happened before the first stream has no event in it.
      if (after === undefined) tell({ type: 'renew', position: undefined })
    }
    const refusal = await readStream({ token, after, signal, onOpen, onEvent })
    if (refusal?.problem.status === 401) return expire()
    refusals = refusal === undefined ? 0 : refusals + 1
    tell({ type: 'refusal', problem: isToTell(refusal, refusals) ? refusal?.problem : undefined })
    await pause((refusal?.retryAfterMs ?? 0) + pauseMs * (0.5 + Math.random() / 2), signal)
    pauseMs = Math.min(pauseMs * 2, MOST_PAUSE_MS)
  }
}

/** A gateway that has just started refuses once, until it has read the recent events. */
const isToTell = (refusal: Refusal | undefined, refusals: number) =>
  refusal?.problem.status !== 503 || refusals > 1
