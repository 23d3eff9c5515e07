import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { notePart } from '../api/parts.ts'
import { noteServerTime } from '../time/clock.ts'

const SILENCE_MS = 40_000

export interface StreamOptions {
  token: string
  /** The id of the last event that is known. */
  after: string | undefined
  onOpen: () => void
  onEvent: (message: EventSourceMessage) => void
  signal: AbortSignal
}

/**
 * Reads one stream of the gateway until it ends. The gateway sends at least a comment every 15 s; a stream that is silent for longer
 * than SILENCE_MS is over, whatever TCP says.
 * @returns the status of the answer; 0 when there was none
 */
export async function readStream({ token, after, onOpen, onEvent, signal }: StreamOptions): Promise<number> {
  const silence = new AbortController()
  let timer = 0
  const heard = () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => silence.abort(), SILENCE_MS)
  }
  let status = 0
  try {
    heard()
    const response = await fetch('/events', {
      headers: {
        authorization: `Bearer ${token}`,
        ...(after === undefined ? {} : { 'last-event-id': after }),
      },
      signal: AbortSignal.any([signal, silence.signal]),
      cache: 'no-store',
    })
    status = response.status
    noteServerTime(response.headers.get('date'))
    if (!response.ok || response.body === null) return status
    notePart('gateway', false)
    onOpen()
    const parser = createParser({ onEvent })
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      heard()
      parser.feed(text)
    }
    return status
  } catch (error) {
    if (signal.aborted) throw error
    // The network's reasons are not told to pages: no answer, a broken connection, or silence.
    notePart('gateway', true)
    return status
  } finally {
    window.clearTimeout(timer)
  }
}
