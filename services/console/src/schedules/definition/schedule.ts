import type { Scheduler } from '@daybook/client'
import { href } from '../../address/address.ts'

type Schemas = Scheduler.components['schemas']

export type Schedule = Schemas['Schedule']
/** A definition as it is stored; schedules of operators have one. */
export type Definition = NonNullable<Schedule['definition']>
/** A definition as an operator writes it. */
export type NewDefinition = Schemas['NewSchedule']
export type Firing = Schemas['Firing']
export type Preview = Schemas['SchedulePreview']
export type Change = Schemas['ScheduleChange']

/** The parameters of a command on a schedule, which is refused when somebody has changed the schedule since it was read. */
export const asRead = ({ name, version }: Schedule) => ({
  path: { name },
  header: { 'if-match': `"${version}"` },
})

/** The path of a schedule's page. The names of some schedules have a slash. */
export const pathOf = (name: string): string => `/schedules/${encodeURIComponent(name)}`

export const scheduleHref = (name: string): string => href(pathOf(name))
