import type { LiveEvent, Message } from './message.ts'
import { pause } from './pause.ts'
import { readStream } from './stream.ts'

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

/** Reads streams, one after the other, until the signal. The pauses between failures grow, and differ from browser to browser. */
export async function keepStream({ token, position, tell, expire, signal }: Options): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const after = position()
    const status = await readStream({
      token,
      after,
      signal,
      onOpen() {
        pauseMs = FIRST_PAUSE_MS
        // What happened before the first stream has no event in it.
        if (after === undefined) tell({ type: 'renew', position: undefined })
      },
      onEvent({ event, id, data }) {
        if (event === 'reset') tell({ type: 'renew', position: id })
        else if (event === 'position') tell({ type: 'position', position: id })
        else if (event === 'end') {
          if ((JSON.parse(data) as { reason: string }).reason === 'token-expired') expire()
        } else tell({ type: 'event', position: id, event: JSON.parse(data) as LiveEvent })
      },
    })
    if (status === 401) return expire()
    await pause(pauseMs * (0.5 + Math.random() / 2), signal)
    pauseMs = Math.min(pauseMs * 2, MOST_PAUSE_MS)
  }
}
