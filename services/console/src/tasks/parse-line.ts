import { addDays, isDay, weekdayOf } from '../time/days.ts'
import type { Details } from './task.ts'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Reads a line that a person typed as a task: `#word` is a tag, `due:friday` or `due:2026-12-01` the day on which it is due. A word behind a
 * backslash stays in the name: `\#15`, `\due:friday`.
 * @param today the person's day
 */
export function parseLine(line: string, today: string): Details {
  const tags = new Set<string>()
  let dueOn: string | null = null
  const words = line.split(/\s+/).filter(word => {
    const [, tag] = /^#([^#]{1,50})$/u.exec(word) ?? []
    if (tag !== undefined) tags.add(tag)
    const due = dayNamed(/^due:(\S+)$/i.exec(word)?.[1] ?? '', today)
    dueOn = due ?? dueOn
    return tag === undefined && due === undefined
  })
  return { name: words.map(kept).join(' ').trim(), notes: null, dueOn, tags: [...tags] }
}

const kept = (word: string) => (/^\\(#|due:)/i.test(word) ? word.slice(1) : word)

function dayNamed(name: string, today: string): string | undefined {
  const word = name.toLowerCase()
  if (isDay(word)) return word
  if (word === 'today') return today
  if (word === 'tomorrow') return addDays(today, 1)
  const weekday = word.length < 3 ? -1 : WEEKDAYS.findIndex(short => word.startsWith(short))
  // A weekday is the next one after today.
  return weekday < 0 ? undefined : addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1)
}
