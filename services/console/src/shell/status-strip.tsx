import { useEffect } from 'preact/hooks'
import { away, type Part } from '../api/parts.ts'
import { announce } from '../elements/announcer.tsx'
import { Time } from '../time/time.tsx'

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

/** Says at the top which parts are away, since when, and what still works. */
export function StatusStrip() {
  const parts = [...away.value]
  const names = parts.map(([part]) => effects[part].name).join(', ')
  useEffect(() => {
    if (names === '') return
    announce(`${names}: no answer.`)
    return () => announce(`${names}: back.`)
  }, [names])
  if (parts.length === 0) return null
  return (
    <section class="strip" aria-label="What is away">
      {parts.map(([part, since]) => (
        <p key={part}>
          <strong>{effects[part].name}</strong> does not answer since{' '}
          <Time at={new Date(since).toISOString()} />. {effects[part].effect}
        </p>
      ))}
    </section>
  )
}
