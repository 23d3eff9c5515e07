import { useEffect, useRef } from 'preact/hooks'
import { href } from '../address/address.ts'
import { away, type Part, unready } from '../api/parts.ts'
import { codeOf, type Problem } from '../api/problem.ts'
import { type Stale, stale } from '../api/stale.ts'
import { announce } from '../elements/announcer.tsx'
import { useFocusAfter } from '../elements/lists/focus.ts'
import { liveProblem } from '../live/live.ts'
import { isAdmin } from '../session/session.ts'
import { Time } from '../time/time.tsx'
import { shownHeading } from './use-heading-focus.ts'

/** What is missing while a part is away, and what still works. */
const effects: Record<Part, { name: string; effect: string }> = {
  gateway: { name: 'Daybook', effect: 'What you type is kept, and is sent when it is back.' },
  tasks: { name: 'The tasks service', effect: 'Your changes are kept and sent later. Days can be read.' },
  reporting: {
    name: 'The reporting service',
    effect: 'Days cannot be read. Tasks work, and no log is lost.',
  },
  scheduler: { name: 'The scheduler', effect: 'Tasks and days work. Days that end now are closed later.' },
  kafka: { name: 'Kafka', effect: 'Tasks work. Days and live changes are late.' },
  mongodb: { name: 'MongoDB', effect: 'Your changes are kept and sent later. Nothing can be read.' },
}

/** Says which parts are away, since when, what still works, and what is shown as it was. It is over the page, so that no row moves. */
export function StatusStrip() {
  const parts = [...away.value]
  const notReady = [...unready.value].filter(([part]) => !away.value.has(part))
  const problem = liveProblem.value
  useTold(parts.map(([part]) => effects[part].name).join(', '), 'no answer', 'back')
  useTold(notReady.map(([part]) => effects[part].name).join(', '), 'not ready')
  useTold(problem && 'Live updates', 'off', 'on again')
  if (parts.length + notReady.length === 0 && problem === undefined && stale.value.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a small screen it scrolls, by keys too.
    <section class="strip" aria-label="What does not work" tabIndex={0}>
      {parts.map(([part, since]) => (
        <p key={part}>
          <strong>{effects[part].name}</strong> does not answer since{' '}
          <Time at={new Date(since).toISOString()} />. {effects[part].effect}
        </p>
      ))}
      {notReady.map(([part, since]) => (
        <p key={part}>
          <strong>{effects[part].name}</strong> is not ready since <Time at={new Date(since).toISOString()} />
          . What it does can be late. {isAdmin.value && <a href={href(`/now/${part}`)}>Show why</a>}
        </p>
      ))}
      {problem && (
        <p>
          <strong>Live updates are off.</strong> {reasonOf(problem)} Until they are back, load the page again
          to see what is new.
        </p>
      )}
      {stale.value.map(one => (
        <Old key={one.what} isExplained={parts.length > 0} {...one} />
      ))}
    </section>
  )
}

/** @param isExplained whether the strip says which part is away */
function Old({ what, readAt, reason, again, isExplained }: Stale & { isExplained: boolean }) {
  const button = useRef<HTMLButtonElement>(null)
  // It goes away when the reading succeeds, by the button or by itself.
  useFocusAfter(button, shownHeading)
  return (
    <p>
      <strong>
        As of <Time at={new Date(readAt).toISOString()} />:
      </strong>{' '}
      {what}. {!isExplained && reason}{' '}
      <button type="button" ref={button} onClick={again}>
        Try again
      </button>
    </p>
  )
}

/** Tells screen readers when something begins and when it ends. @param name undefined or empty while there is nothing */
function useTold(name: string | undefined, begin: string, end?: string): void {
  useEffect(() => {
    if (!name) return
    announce(`${name}: ${begin}.`)
    return end === undefined ? undefined : () => announce(`${name}: ${end}.`)
  }, [name])
}

/** Why there are no live events, as a sentence for a person. */
function reasonOf(problem: Problem): string {
  if (codeOf(problem) === 'DAYBOOK_EVENTS_UNAVAILABLE')
    return 'The gateway has not read the recent events from Kafka yet.'
  return `${(problem.detail ?? problem.title).replace(/\.$/, '')}.`
}
