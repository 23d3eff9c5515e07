import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { notePart } from '../api/parts.ts'
import { asProblem, type Problem } from '../api/problem.ts'
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

/** An answer that is no stream. */
export interface Refusal {
  problem: Problem
  /** For how many milliseconds the answer asks to wait. */
  retryAfterMs: number
}

/**
 * Reads one stream of the gateway until it ends. The gateway sends at least a comment every 15 s; a stream that is silent for longer
 * than SILENCE_MS is over, whatever TCP says.
 * @returns the refusal when there was no stream but another answer
 */
export async function readStream(options: StreamOptions): Promise<Refusal | undefined> {
  const { token, after, onOpen, onEvent, signal } = options
  const silence = new AbortController()
  let timer = 0
  const heard = () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => silence.abort(), SILENCE_MS)
  }
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
    noteServerTime(response.headers.get('date'))
    const answer = asProblem(response)
    if (!answer.ok) return await refusalOf(answer, response.headers.get('retry-after'))
    if (response.body === null) return undefined
    notePart('gateway', false)
    onOpen()
    const parser = createParser({ onEvent })
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      heard()
      parser.feed(text)
    }
  } catch (error) {
    if (signal.aborted) throw error
    // The network's reasons are not told to pages: no answer, a broken connection, or silence.
    notePart('gateway', true)
  } finally {
    window.clearTimeout(timer)
  }
  return undefined
}

// What stands between may ask for any time.
const LONGEST_RETRY_AFTER_MS = 300_000

async function refusalOf(answer: Response, retryAfter: string | null): Promise<Refusal> {
  const ms = Number(retryAfter) * 1000 || 0
  return {
    problem: (await answer.json()) as Problem,
    retryAfterMs: Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS),
  }
}
