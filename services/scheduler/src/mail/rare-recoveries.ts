import { isOutage, waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { Recovery } from './episode.ts'

/** Notes successes of topics. */
export interface RareRecoveries {
  /** Notes successes: those of a topic at most once a second, later ones of the same second together at its end. */
  recovered: (recoveries: readonly Recovery[]) => Promise<void>
  /** A topic has failed: its next success is noted at once. */
  failed: (about: string) => void
  /** Notes what is not noted yet, unless there is an outage. */
  stop: () => Promise<void>
}

interface Options {
  log: Logger
  fail: (error: Error) => void
}

/** A topic of which a success was noted in the last second, and a later one that is to be noted. */
interface Topic {
  later?: Recovery
  timer: NodeJS.Timeout
}

const EVERY_MS = 1000

/**
 * Makes the noting of successes rare: thousands of jobs succeed in a second, and nearly always nothing has failed before.
 * @param note stores successes; rejects in an outage
 */
export function rareRecoveries(
  note: (recoveries: readonly Recovery[]) => Promise<unknown>,
  { log, fail }: Options,
): RareRecoveries {
  const stopping = new AbortController()
  const topics = new Map<string, Topic>()

  async function recovered(recoveries: readonly Recovery[]): Promise<void> {
    const now: Recovery[] = []
    for (const one of recoveries) {
      const topic = topics.get(one.about)
      if (topic === undefined) now.push(one)
      else topic.later = merged(topic.later, one)
    }
    if (now.length === 0) return
    await note(now)
    for (const { about } of now)
      if (!topics.has(about)) topics.set(about, { timer: setTimeout(() => noteLater(about), EVERY_MS) })
  }

  function noteLater(about: string): void {
    const later = take(about)
    const work = () => recovered(later)
    waitOut('noting that failures are over', work, { log, signal: stopping.signal }).catch(error => {
      if (!stopping.signal.aborted) fail(error)
    })
  }

  function take(about: string): Recovery[] {
    const topic = topics.get(about)
    clearTimeout(topic?.timer)
    topics.delete(about)
    return topic?.later === undefined ? [] : [topic.later]
  }

  return {
    recovered,
    failed(about) {
      if (topics.get(about)?.later === undefined) take(about)
    },
    async stop() {
      stopping.abort()
      try {
        await recovered([...topics.keys()].flatMap(take))
      } catch (error) {
        if (!isOutage(error)) throw error
        log.debug({ err: error }, 'the last successes could not be noted')
      }
      for (const about of topics.keys()) take(about)
    },
  }
}

const merged = (a: Recovery | undefined, b: Recovery): Recovery => ({
  about: b.about,
  at: a !== undefined && a.at > b.at ? a.at : b.at,
  isSettled: a?.isSettled === true || b.isSettled === true,
})
