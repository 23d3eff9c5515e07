import { dayOf, endOfDay } from '@daybook/shared/time/days'
import type { Random } from '../world/random.ts'

/** One thing that a user does. */
export interface Step {
  /** When, on the wall clock. */
  at: number
  user: string
  /** The number of the task, from 0. The first step of a task creates it. */
  task: number
  type: 'complete' | 'reopen' | 'edit' | 'delete' | 'restore'
  timeZone: string
  /** By how many milliseconds the clock is behind that gives the command its time. */
  behind: number
}

/** What happens in a simulation, apart from faults. */
export interface Story {
  timeZones: string[]
  start: number
  /** The parts of the time that are simulated: around the ends of days. Between them all machines are suspended. */
  windows: Window[]
  steps: Step[]
}

/** Days with a clock change, a date that is skipped, or nothing special. */
const places = [
  { timeZone: 'America/New_York', day: '2026-10-31' },
  { timeZone: 'America/New_York', day: '2026-03-07' },
  { timeZone: 'Europe/Berlin', day: '2026-10-24' },
  { timeZone: 'Europe/Berlin', day: '2026-03-28' },
  { timeZone: 'Asia/Beirut', day: '2026-03-28' },
  { timeZone: 'America/St_Johns', day: '2010-11-06' },
  { timeZone: 'Pacific/Apia', day: '2011-12-29' },
  { timeZone: 'America/Sao_Paulo', day: '2018-11-03' },
  { timeZone: 'Asia/Kolkata', day: '2026-11-20' },
  { timeZone: 'UTC', day: '2026-12-31' },
] as const

const others = [
  'UTC',
  'Asia/Kolkata',
  'Europe/Berlin',
  'Africa/Lagos',
  'America/New_York',
  'Pacific/Kiritimati',
]

const DAYS = 2
// How long after the last end of a day users do something.
export const LAST_MS = 2000

/** Draws a story: users in a few zones who complete tasks around the ends of days, and sometimes change zones. */
export function drawStory(random: Random): Story {
  const place = random.pick(places)
  const timeZones = [
    ...new Set([
      place.timeZone,
      ...Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, () => random.pick(others)),
    ]),
  ]
  const noon = Date.parse(`${place.day}T12:00:00Z`)
  const all = windowsOf(endsOf(timeZones, noon), random)
  // The days after them end while all machines are suspended.
  const count = Math.min(all.length, random.pick([1, 1, 2, 3]))
  const first = random.between(0, all.length - count)
  const windows = all.slice(first, first + count)
  return { timeZones, start: windows[0]?.from ?? noon, windows, steps: drawSteps(windows, timeZones, random) }
}

/** The instants at which days end after an instant. */
function endsOf(timeZones: string[], from: number): number[] {
  return timeZones.flatMap(timeZone => {
    const ends: number[] = []
    for (let at = from; ends.length < DAYS; at = ends.at(-1) ?? at)
      ends.push(endOfDay(dayOf(new Date(at), timeZone), timeZone).getTime())
    return ends
  })
}

/** A part of the time that is simulated. */
export interface Window {
  from: number
  /** The ends of days in it. */
  ends: number[]
  to: number
}

function windowsOf(ends: number[], random: Random): Window[] {
  const windows: Window[] = []
  for (const end of ends.toSorted((a, b) => a - b)) {
    const [from, to] = [
      end - random.between(500, 3500),
      end + random.between(LAST_MS, random.chance(0.4) ? 30_000 : 8000),
    ]
    const last = windows.at(-1)
    if (last === undefined || from > last.to) windows.push({ from, ends: [end], to })
    else {
      last.ends.push(end)
      last.to = Math.max(last.to, to)
    }
  }
  return windows
}

function drawSteps(windows: Window[], timeZones: string[], random: Random): Step[] {
  const late = random.pick([0, 0.2, 0.6])
  const users = Array.from({ length: late > 0.5 ? 8 : random.between(1, 5) }, (_, i) => ({
    user: `user-${i}`,
    timeZone: random.pick(timeZones),
  }))
  const tasks: { owner: (typeof users)[number]; deleted: boolean }[] = []
  return windows.flatMap(({ from, ends }) =>
    Array.from({ length: random.between(3, 10) }, () => random.next())
      .map(() => {
        const end = random.pick(ends)
        // Commands of a clock that is behind are late: they arrive when their day is about to be closed.
        if (random.chance(late))
          return {
            at: end + random.pick([random.between(980, 1100), random.between(900, 1800)]),
            behind: 3000,
          }
        const near = end + random.pick([-1, 0, 1, random.between(-50, 50), random.between(-3000, 1500)])
        return {
          at: random.chance(0.7) ? near : random.between(from, Math.max(...ends) + LAST_MS),
          behind: 0,
        }
      })
      .sort((a, b) => a.at - b.at)
      .map(({ at, behind }) => {
        if (tasks.length === 0 || random.chance(0.55))
          tasks.push({ owner: random.pick(users), deleted: false })
        else if (random.chance(0.1)) random.pick(users).timeZone = random.pick(timeZones)
        const number = random.chance(0.5) ? tasks.length - 1 : random.between(0, tasks.length - 1)
        const task = tasks[number] as (typeof tasks)[number]
        const drawn = random.pick(['complete', 'complete', 'complete', 'reopen', 'edit', 'delete'] as const)
        // What would be refused for a deleted task restores it.
        const type = task.deleted && (drawn === 'reopen' || drawn === 'edit') ? 'restore' : drawn
        if (type === 'delete' || type === 'restore') task.deleted = type === 'delete'
        const { user, timeZone } = task.owner
        return { at, user, task: number, type, timeZone, behind }
      }),
  )
}
