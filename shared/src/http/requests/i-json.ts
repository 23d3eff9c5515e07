import { DaybookError, type Fault, pointerTo } from '../../failures/errors.ts'

// The most faults that are reported for one text, and the most characters of their pointers, which may repeat a long name.
const MAX_FAULTS = 100
const MAX_CHARACTERS = 100_000

/**
 * Parses JSON and rejects values that different readers understand differently (I-JSON, RFC 7493): numbers that JavaScript
 * cannot represent, lone surrogates, and repeated names in an object. Also rejects the name `__proto__`: copying an object
 * with this name may set the prototype of the copy.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID, with a fault that points at each such value
 */
export function readIJson(text: string): unknown {
  const value = parsed(text)
  const faults = faultsIn(text)
  if (faults.length === 0) return value
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', `The body is not JSON: ${(error as Error).message}`)
  }
}

/** An array or object that the scan is in. */
interface Open {
  /** The current index or name. */
  at: string | number
  /** The names so far, for an object. */
  names?: Set<string>
}

// A string, with the colon if it is a name; a bracket; a comma; a number or a literal.
const token = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[[\]{},]|[^\s"[\]{},:]+/g

/** Scans a text for faults. @param text valid JSON */
function faultsIn(text: string): Fault[] {
  const open: Open[] = []
  const faults: Fault[] = []
  let room = MAX_CHARACTERS
  const report = (detail: string | undefined) => {
    if (detail === undefined || faults.length === MAX_FAULTS || room <= 0) return
    const pointer = pointerTo(open.map(({ at }) => at))
    room -= pointer.length
    faults.push({ pointer, detail })
  }
  for (const [sign, string, colon] of text.matchAll(token)) {
    const innermost = open.at(-1)
    if (string !== undefined && colon !== undefined) report(nameFault(string, innermost as Open))
    else if (string !== undefined) report(textFault(string))
    else if (sign === '[') open.push({ at: 0 })
    else if (sign === '{') open.push({ at: '', names: new Set() })
    else if (sign === ']' || sign === '}') open.pop()
    else if (sign !== ',') report(numberFault(sign))
    else if (typeof innermost?.at === 'number') innermost.at += 1
  }
  return faults
}

function nameFault(string: string, object: Open): string | undefined {
  const name = JSON.parse(string) as string
  object.at = name
  if (object.names?.has(name)) return 'occurs twice: a name may occur once in an object'
  object.names?.add(name)
  return name === '__proto__' ? 'must not be a name here' : textFault(string)
}

// Decoded UTF-8 has no lone surrogates, so only an escape can make one.
const textFault = (string: string) =>
  string.includes('\\u') && !(JSON.parse(string) as string).isWellFormed()
    ? 'must not hold half of a surrogate pair'
    : undefined

function numberFault(sign: string): string | undefined {
  if (!/\d$/.test(sign)) return undefined
  const value = Number(sign)
  if (Number.isFinite(value) && decimal(sign) === decimal(String(value))) return undefined
  return 'is a number that cannot be kept exactly: send it as a string, or with at most 15 digits'
}

/** Writes a number as its significant digits and a power of ten: the same text for `1`, `1.0` and `10e-1`. */
function decimal(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = 0] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  const power = Number(exponent) - fraction.length + digits.length - end
  return end === 0 ? '0' : `${sign}${digits.slice(0, end)}e${power}`
}
