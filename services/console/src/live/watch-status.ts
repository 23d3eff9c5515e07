import { away, notePart, partNames, unready } from '../api/parts.ts'
import { send } from '../api/send.ts'
import type { FoundParts, Message } from './message.ts'
import { pause } from './pause.ts'

/** A part in the answer of the gateway to GET /status. */
interface PartStatus {
  name: string
  state: 'ok' | 'not ready' | 'no answer' | 'unknown'
  since: string
  answeredAt: string | null
}

const EVERY_MS = 10_000
const EVERY_WHILE_AWAY_MS = 3000

interface Options {
  token: string
  tell: (message: Message) => void
  signal: AbortSignal
}

/** Asks the gateway for the parts of Daybook that do not answer or are not ready, and tells all tabs, as long as this tab reads the stream. */
export async function watchStatus({ token, tell, signal }: Options): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  while (!signal.aborted) {
    const answer = await send(new Request('/status', { headers, signal }))
    if (answer.ok) noteParts(((await answer.json()) as { parts: PartStatus[] }).parts)
    tell({ type: 'parts', away: [...away.peek()], unready: [...unready.peek()] })
    await pause(away.peek().size > 0 ? EVERY_WHILE_AWAY_MS : EVERY_MS, signal)
  }
}

function noteParts(parts: readonly PartStatus[]): void {
  const notReady = parts.filter(({ state }) => state === 'not ready')
  unready.value = new Map(
    partNames.flatMap(part => {
      const found = notReady.find(({ name }) => name === part)
      // What the gateway is not ready for are live events, which the strip tells by itself.
      return found === undefined || part === 'gateway' ? [] : [[part, Date.parse(found.since)] as const]
    }),
  )
  for (const { name, state, since, answeredAt } of parts) {
    const part = partNames.find(one => one === name)
    if (part === undefined || part === 'gateway') continue
    if (state === 'no answer') notePart(part, true, Date.parse(since))
    // A request may have noticed later than the gateway that the part is away.
    else if (answeredAt !== null && Date.parse(answeredAt) > (away.peek().get(part) ?? 0))
      notePart(part, false)
  }
}

/** Takes over what the tab that asks the gateway has found. */
export function hearParts(found: FoundParts): void {
  unready.value = new Map(found.unready)
  const theirs = new Map(found.away)
  for (const part of partNames) {
    const since = theirs.get(part)
    notePart(part, since !== undefined, since)
  }
}
