import type { ComponentChildren } from 'preact'
import { Mark } from '../../elements/mark.tsx'
import { type Fault, faultsByLine, jsonLines } from '../letters/json-lines.ts'

/** JSON with a line for each value. What is wrong with a value stands beside its line. */
export function MarkedJson({ value, faults }: { value: unknown; faults: readonly Fault[] }) {
  const lines = jsonLines(value)
  const texts = faultsByLine(lines, faults)
  const parts: ComponentChildren[] = []
  // Lines without a fault are one text: there can be very many.
  let plain = ''
  for (const [i, { text, pointer }] of lines.entries()) {
    const wrong = pointer === undefined ? undefined : texts.get(pointer)
    const end = i < lines.length - 1 ? '\n' : ''
    if (wrong === undefined) plain += `${text}${end}`
    else {
      parts.push(plain, <Wrong key={pointer} line={text} texts={wrong} />)
      plain = end
    }
  }
  return (
    <pre class="json">
      {parts}
      {plain}
    </pre>
  )
}

const Wrong = ({ line, texts }: { line: string; texts: readonly string[] }) => (
  <>
    <mark>{line}</mark> <Mark tone="bad">{texts.join('; ')}</Mark>
  </>
)
