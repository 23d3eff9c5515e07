import { jobPath, runPath, schedulePath, taskPath } from '../address/page-paths.ts'
import type { LiveEvent } from '../live/message.ts'

type Data = Record<string, unknown>

const textOf = (data: Data, ...names: string[]) =>
  names
    .map(name => data[name])
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .join(' ')

/** The id of the task that an event is about; undefined when it is about no task. */
export const taskOf = ({ data }: LiveEvent): string | undefined => textOf(data, 'taskId') || undefined

/** The person whose task or log an event is about. */
export const userOf = ({ data }: LiveEvent): string | undefined => textOf(data, 'userId') || undefined

const changesOf = ({ changes }: Data) =>
  typeof changes === 'object' && changes !== null ? `changes ${Object.keys(changes).join(', ')}` : ''

const sentences: Record<string, (data: Data) => string> = {
  TaskEdited: changesOf,
  EndOfDay: data => textOf(data, 'day', 'timeZone'),
  DayReported: data =>
    `${textOf(data, 'day', 'timeZone')}: ${textOf(data, 'completions')} completions of ${textOf(data, 'users')} users`,
  DayAmended: data => `${textOf(data, 'day', 'timeZone')}: revision ${textOf(data, 'revision')}`,
  ScheduleFired: data => textOf(data, 'schedule', 'slot'),
  JobFinished: data => textOf(data, 'kind', 'job', 'state', 'error'),
  GroupFinished: data => textOf(data, 'group'),
}

/** What an event is about, in a few words. */
export const aboutOf = ({ type, data }: LiveEvent): string => (sentences[type] ?? nameOf)(data)

const nameOf = (data: Data) => textOf(data, 'name')

/** A page of the console about what an event names. */
export interface EventLink {
  to: string
  text: string
}

/** The pages about the task, the run, the job, the group and the schedule of an event. */
export function linksOf(event: LiveEvent): EventLink[] {
  const { day, timeZone, job, schedule, group } = event.data
  const task = taskOf(event)
  const links: (EventLink | false)[] = [
    task !== undefined && { to: taskPath(task), text: 'History of the task' },
    isText(day) &&
      isText(timeZone) && {
        to: runPath({ day, timeZone }),
        text: `Run of ${day} in ${timeZone}`,
      },
    isText(job) && { to: jobPath(job), text: `Job ${job}` },
    isText(group) && { to: `/jobs?${new URLSearchParams({ group })}`, text: `Jobs of the group ${group}` },
    isText(schedule) && { to: schedulePath(schedule), text: `Schedule ${schedule}` },
  ]
  return links.filter(link => link !== false)
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
