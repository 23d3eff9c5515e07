import { Choice } from './choice.tsx'
import { Field, type Form } from './field.tsx'
import type { Values } from './form-values.ts'

const kinds: Record<Values['kind'], string> = {
  cron: 'At local times (cron)',
  every: 'At intervals',
  at: 'Once',
}

/** When a schedule fires. */
export function WhenFields({ form, zones }: { form: Form; zones: string }) {
  const { kind } = form.values
  return (
    <>
      <Choice label="Fires" name="kind" choices={kinds} form={form} />
      {kind === 'cron' && (
        <Field
          label="Cron expression"
          name="cron"
          help="minute hour day-of-month month day-of-week, as in 30 9 * * 1-5"
          form={form}
        />
      )}
      {kind === 'every' && (
        <Field label="Every" name="every" help="A duration, as in PT15M, PT1H30M or P1D" form={form} />
      )}
      {kind === 'at' && (
        <Field label="At" name="at" help="An instant in UTC, as in 2026-12-24T08:00:00.000Z" form={form} />
      )}
      <Field
        label="Time zone"
        name="timeZone"
        list={zones}
        help="Of the cron expression and the dates without slots. Empty: the default of the scheduler"
        form={form}
      />
    </>
  )
}

const catchUps: Record<Values['catchUp'], string> = {
  all: 'all of them',
  latest: 'only the latest',
  none: 'none',
}

/** What few schedules need. */
export const MoreFields = ({ form }: { form: Form }) => (
  <details open={form.faults.some(({ pointer }) => MORE.has(pointer.split('/')[1] ?? ''))}>
    <summary>Bounds, missed slots, data</summary>
    <Field label="Not before" name="start" help="An instant in UTC; empty: at once" form={form} />
    <Field label="Until" name="end" help="An instant in UTC; empty: for ever" form={form} />
    <Field
      label="Not on these dates"
      name="exclude"
      rows={3}
      help="A local date in each line, or the first and the last of several: 2026-12-24 2027-01-01"
      form={form}
    />
    <Field
      label="Spread over"
      name="jitter"
      help="Delays each firing by a part of this duration, as in PT5M"
      form={form}
    />
    <Choice label="Missed slots that fire later" name="catchUp" choices={catchUps} form={form} />
    <Field
      label="At most so late"
      name="catchUpWindow"
      help="Slots that are missed by more do not fire"
      form={form}
    />
    <Field label="Data of its events" name="data" rows={4} help="A JSON object" form={form} />
  </details>
)

const MORE = new Set(['start', 'end', 'exclude', 'jitter', 'catchUp', 'catchUpWindow', 'data'])

const overlaps: Record<Values['overlap'], string> = {
  allow: 'run both',
  skip: 'skip the new one',
  queue: 'let the new one wait',
  cancel: 'cancel the old one',
}

/** The job that each firing adds. */
export const JobFields = ({ form }: { form: Form }) => (
  <details open={form.values.jobKind !== ''}>
    <summary>A job for each firing</summary>
    <Field label="Kind of job" name="jobKind" pointer="/job/kind" help="Empty: no job" form={form} />
    <Field label="Data of the job" name="jobData" pointer="/job/data" rows={4} help="JSON" form={form} />
    <Field label="Key" name="jobKey" pointer="/job/key" form={form} />
    <Field
      label="Priority"
      name="jobPriority"
      pointer="/job/priority"
      help="1 is the most urgent"
      form={form}
    />
    <Choice label="When the job before has not ended" name="overlap" choices={overlaps} form={form} />
  </details>
)
