import { DaybookError, type Fault, pointerTo } from '../../failures/errors.ts'

// The most that is reported of one text, in faults and in characters of their pointers, which may repeat a long name.
const MOST_FAULTS = 100
const MOST_CHARACTERS = 100_000

/**
 * Reads JSON that every reader understands alike, as I-JSON (RFC 7493) asks. It refuses what would change silently: a
 * number that JavaScript cannot represent, half of a surrogate pair, a name that an object has twice. It refuses the name
 * `__proto__` too, which copies of an object may take for its prototype.
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

/** An array or object that is being read: where in it, and the names that it has so far. */
interface Open {
  at: string | number
  /** Of an object. */
  names?: Set<string>
}

// A string, with the colon if it is a name; a bracket; a comma; a number or a literal.
const token = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[[\]{},]|[^\s"[\]{},:]+/g

/** @param text JSON */
function faultsIn(text: string): Fault[] {
  const open: Open[] = []
  const faults: Fault[] = []
  let room = MOST_CHARACTERS
  const report = (detail: string | undefined) => {
    if (detail === undefined || faults.length === MOST_FAULTS || room <= 0) return
    const pointer = pointerTo(open.map(({ at }) => at))
    room -= pointer.length
    faults.push({ pointer, detail })
  }
  for (const [sign, string, colon] of text.matchAll(token)) {
    const inner = open.at(-1)
    if (string !== undefined && colon !== undefined) report(nameFault(string, inner as Open))
    else if (string !== undefined) report(textFault(string))
    else if (sign === '[') open.push({ at: 0 })
    else if (sign === '{') open.push({ at: '', names: new Set() })
    else if (sign === ']' || sign === '}') open.pop()
    else if (sign !== ',') report(numberFault(sign))
    else if (typeof inner?.at === 'number') inner.at += 1
  }
  return faults
}

function nameFault(string: string, object: Open): string | undefined {
  const name = JSON.parse(string) as string
  object.at = name
  if (object.names?.has(name)) return 'is there twice: a name may come once in an object'
  object.names?.add(name)
  return name === '__proto__' ? 'must not be a name here' : textFault(string)
}

// The text comes from UTF-8, which has no surrogates: only an escape can make one.
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

/** A number as its significant digits and the power of ten of the last one: the same text for `1`, `1.0` and `10e-1`. */
function decimal(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = 0] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  const power = Number(exponent) - fraction.length + digits.length - end
  return end === 0 ? '0' : `${sign}${digits.slice(0, end)}e${power}`
}
