import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { Credit } from './choice/credit.ts'
import type { Turn } from './dispatch-turn.ts'
import type { PublishDue } from './sending/publish-due.ts'
import type { SendStore } from './sending/send-store.ts'

/** Attempts that are stored as sent. */
export type Sent = Pick<Turn, 'due' | 'kinds' | 'dispatch'>

/** What a dispatcher publishes, and the notes of what is published. */
export interface Publications {
  /** Publishes attempts, side by side with others. */
  publish: (sent: Sent, credits: readonly Credit[]) => void
  /** Resolves when all attempts are published that were given so far. */
  settled: () => Promise<void>
  /** The dispatches that are published and whose notes are not removed: the caller removes them. */
  takePublished: () => string[]
}

export function makePublications({
  base,
  publish,
  signal,
}: {
  base: Pick<JobsBase, 'fail'>
  publish: PublishDue
  signal: AbortSignal
}): Publications {
  const published: string[] = []
  let all: Promise<void> = Promise.resolve()

  async function publishOne({ due, kinds, dispatch }: Sent, credits: readonly Credit[]): Promise<void> {
    await publish(due, credits, kinds)
    published.push(dispatch._id)
  }

  return {
    publish(sent, credits) {
      all = Promise.all([all, publishOne(sent, credits)]).then(() => undefined)
      all.catch(error => {
        if (!signal.aborted) base.fail(error)
      })
    },
    settled: () => all,
    takePublished: () => published.splice(0),
  }
}

/** Makes the function that records attempts as sent, and notes their dispatch at the same time, see `SendStore.note`. */
export function noting(
  { send, note }: SendStore,
  { takePublished }: Pick<Publications, 'takePublished'>,
): SendStore['send'] {
  return async (sends, dispatch) => {
    const jobs = sends.map(({ job }) => job._id)
    const [won] = await Promise.all([send(sends, dispatch), note(dispatch, jobs, takePublished())])
    return won
  }
}
