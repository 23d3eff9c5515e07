import { href } from '../../address/address.ts'
import { taskPath } from '../../address/page-paths.ts'
import { Facts } from '../../elements/facts.tsx'
import { Time } from '../../time/time.tsx'
import { lettersPath } from '../letters/conditions.ts'
import type { Letter, Service } from '../letters/letter.ts'
import { taskOf } from '../letters/task-of.ts'
import { Headers } from './headers.tsx'
import { LetterValue } from './letter-value.tsx'
import { ShortBytes } from './short-bytes.tsx'

/** The facts, the error, the headers and the value of a letter. */
export function LetterBody({ service, letter }: { service: Service; letter: Letter }) {
  const { topic, group, partition, offset, batch, key, keyBase64, error } = letter
  const task = taskOf(letter)
  return (
    <>
      <p class="fault">
        <strong>{error.name}</strong>: {error.message}
      </p>
      {error.stack !== null && (
        <details>
          <summary>Where it was thrown</summary>
          <pre>{error.stack}</pre>
        </details>
      )}
      <Facts
        of={[
          ['Service', service],
          ['Topic', topic],
          ['Partition / offset', `${partition} / ${offset}${batch ? ` to ${batch.lastOffset}` : ''}`],
          [
            'Consumer group',
            <a key="group" href={href(lettersPath(service, { topic, group }))}>
              {group}
            </a>,
          ],
          ['Key', <ShortBytes key="key" text={key} base64={keyBase64} size={letter.keyBytes} />],
          ['Attempts', letter.attempts],
          ['Parked', <Time key="parked" at={letter.parkedAt} />],
          ['Last replay failed', letter.lastAttemptAt && <Time at={letter.lastAttemptAt} />],
          ['Time of the record', letter.timestamp && <Time at={letter.timestamp} />],
          [
            'Size',
            letter.valueBytes === null ? 'no value' : `${letter.valueBytes.toLocaleString('en')} bytes`,
          ],
          ['Task', task && <a href={href(taskPath(task))}>History of {task}</a>],
          ['Undecoded batch', batch && `compressed by ${batch.codec}: it holds several messages`],
        ]}
      />
      <h3>Value</h3>
      <LetterValue letter={letter} />
      <h3>Headers</h3>
      <Headers letter={letter} />
    </>
  )
}
