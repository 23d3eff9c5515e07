import type { Scheduler } from '@daybook/client'
import type { LiveEvent } from '../../live/message.ts'

type Schemas = Scheduler.components['schemas']

export type Schedule = Schemas['Schedule']
/** A definition as it is stored; schedules of operators have one. */
export type Definition = NonNullable<Schedule['definition']>
/** A definition as an operator writes it. */
export type NewDefinition = Schemas['NewSchedule']
export type Firing = Schemas['Firing']
export type PastFiring = Schemas['PastFiring']
export type Preview = Schemas['SchedulePreview']
export type Change = Schemas['ScheduleChange']

/** The parameters of a command on a schedule, which is refused when somebody has changed the schedule since it was read. */
export const asRead = ({ name, version }: Schedule) => ({
  path: { name },
  header: { 'if-match': `"${version}"` },
})

/** The path of the form for a new schedule. It is no page of a schedule: one may have any name, also `new`. */
export const newPath = (name?: string): string =>
  `/schedules?view=new${name === undefined ? '' : `&name=${encodeURIComponent(name)}`}`

/** Makes the function that says whether an event of a schedule, of the end of a day or of a job concerns a schedule. */
export const concernsSchedule =
  (name: string) =>
  ({ subject, data }: Pick<LiveEvent, 'subject' | 'data'>): boolean =>
    data.schedule === name || subject === name
