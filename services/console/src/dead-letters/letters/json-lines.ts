/** JSON as lines of text, and which of them is about which value. */

/** A line, and the JSON pointer of the value that begins in it; undefined for the end of an object or a list. */
export interface JsonLine {
  text: string
  pointer?: string
}

/** The lines of `JSON.stringify(value, undefined, 2)`. */
export const jsonLines = (value: unknown): JsonLine[] => [...linesOf(value, { pointer: '', indent: '' })]

interface Place {
  pointer: string
  indent: string
  /** The name before the value. */
  name?: string
  /** The comma after it. */
  end?: string
}

function* linesOf(value: unknown, { pointer, indent, name = '', end = '' }: Place): Generator<JsonLine> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (entries.length === 0) {
    yield { text: `${indent}${name}${JSON.stringify(value)}${end}`, pointer }
    return
  }
  const isList = Array.isArray(value)
  yield { text: `${indent}${name}${isList ? '[' : '{'}`, pointer }
  for (const [i, [key, one]] of entries.entries()) {
    yield* linesOf(one, {
      pointer: `${pointer}/${escaped(key)}`,
      indent: `${indent}  `,
      name: isList ? '' : `${JSON.stringify(key)}: `,
      end: i < entries.length - 1 ? ',' : '',
    })
  }
  yield { text: `${indent}${isList ? ']' : '}'}${end}` }
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

export interface Fault {
  pointer: string
  detail: string
}

/**
 * Says what is wrong in which line.
 * @returns texts by the pointer of a line. A fault of a value that is not there, as of a missing property, is at the object that should have it
 */
export function faultsByLine(lines: readonly JsonLine[], faults: readonly Fault[]): Map<string, string[]> {
  const known = new Set(lines.map(({ pointer }) => pointer))
  const texts = new Map<string, string[]>()
  for (const { pointer, detail } of faults) {
    let at = pointer
    while (at !== '' && !known.has(at)) at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
    const missing = pointer
      .slice(at.length + 1)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~')
    texts.set(at, [...(texts.get(at) ?? []), missing === '' ? detail : `${missing} ${detail}`])
  }
  return texts
}
