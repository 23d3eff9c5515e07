import { canonicalTimeZone } from '@daybook/shared/time/days'

/** A line of a to-do list, parsed: the task and its user. */
export type TodoLine = {
  name: string
  completed: boolean
  /** Projects and contexts without + and @, and the priority. */
  tags: string[]
  dueOn: string | null
  notes: string | null
  /** The user, from `for:alice`; null when the line names no user. */
  person: string | null
  /** The user's time zone, from `zone:Europe/Berlin`; null when the line names no time zone. */
  timeZone: string | null
}

/** The result of parsing a line: a task, the reason why it is malformed, or `blank` for an empty line. */
export type ParsedLine = { todo: TodoLine } | { malformed: string } | 'blank'

type Keys = Partial<Record<'due' | 'for' | 'zone' | 'pri', string>>

const HEAD = /^(?:(x) +)?(?:\(([A-Z])\) +)?(?:(\d{4}-\d{2}-\d{2})(?: +|$))?(?:(\d{4}-\d{2}-\d{2})(?: +|$))?/
const KEY = /^(due|for|zone|pri):(\S+)$/
const LABEL = /^[+@](\S+)$/u

/**
 * Parses a line in todo.txt format (https://github.com/todotxt/todo.txt). Projects, contexts and the `key:value` pairs
 * `due`, `for`, `zone` and `pri` are removed from the name. Other pairs stay in the name, because a URL has the form of a
 * pair too.
 */
export function parseTodoLine(line: string): ParsedLine {
  const text = line.replace(/^\uFEFF/, '').trim()
  if (text === '') return 'blank'
  const [head = '', x, priority, first, second] = HEAD.exec(`${text} `) ?? []
  const { name, labels, keys } = splitWords(text.slice(head.length))
  const dates = { [x ? 'completed' : 'created']: first, ...(x ? { created: second } : {}) }
  const problem = findProblem(name, keys, [first, second])
  if (problem !== undefined) return { malformed: problem }
  const priorities = [priority ?? keys.pri].filter(letter => letter !== undefined)
  const noted = Object.entries(dates).filter(([, date]) => date !== undefined)
  const todo = {
    name,
    completed: x !== undefined,
    tags: [...new Set([...labels, ...priorities.map(letter => `priority ${letter}`)])],
    dueOn: keys.due ?? null,
    notes: noted.map(([what, date]) => `${what} ${date}`).join(', ') || null,
    person: keys.for ?? null,
    timeZone: canonicalTimeZone(keys.zone ?? '') ?? null,
  }
  return { todo }
}

function splitWords(text: string): { name: string; labels: string[]; keys: Keys } {
  const labels: string[] = []
  const keys: Keys = {}
  const name = text.split(/\s+/).filter(word => {
    const [, key, value] = KEY.exec(word) ?? []
    const [, label] = LABEL.exec(word) ?? []
    if (key !== undefined) keys[key as keyof Keys] = value as string
    else if (label !== undefined) labels.push(label)
    return key === undefined && label === undefined
  })
  return { name: name.join(' '), labels, keys }
}

function findProblem(name: string, keys: Keys, dates: (string | undefined)[]): string | undefined {
  const badDate = [...dates, keys.due].find(date => date !== undefined && !isDate(date))
  if (badDate !== undefined) return `"${badDate}" is not a date`
  if (keys.zone !== undefined && canonicalTimeZone(keys.zone) === undefined) {
    return `"${keys.zone}" is not a time zone`
  }
  return name === '' ? 'it does not say what to do' : undefined
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  )
}
