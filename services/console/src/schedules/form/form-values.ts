import type { Definition, NewDefinition } from '../definition/schedule.ts'

/** What a person types into the form of a schedule. */
export interface Values {
  /** Which of cron, every and at counts. */
  kind: 'cron' | 'every' | 'at'
  cron: string
  every: string
  at: string
  timeZone: string
  start: string
  end: string
  /** A date or `from to` in each line. */
  exclude: string
  jitter: string
  catchUp: NonNullable<Definition['catchUp']>
  catchUpWindow: string
  /** JSON. */
  data: string
  jobKind: string
  /** JSON. */
  jobData: string
  jobKey: string
  jobPriority: string
  overlap: NonNullable<Definition['overlap']>
}

const kinds = ['cron', 'every', 'at'] as const

/** The form of a definition; of a new one when there is none. */
export function valuesOf(definition: Partial<Definition>): Values {
  const { cron = '', every = '', at = '', exclude = [], data, job } = definition
  return {
    kind: kinds.find(kind => definition[kind] !== undefined) ?? 'cron',
    ...{ cron, every, at },
    timeZone: definition.timeZone ?? '',
    start: definition.start ?? '',
    end: definition.end ?? '',
    exclude: exclude.map(one => (typeof one === 'string' ? one : `${one.from} ${one.to}`)).join('\n'),
    jitter: definition.jitter ?? '',
    catchUp: definition.catchUp ?? 'all',
    catchUpWindow: definition.catchUpWindow ?? 'P7D',
    data: jsonOf(data),
    jobKind: job?.kind ?? '',
    jobData: jsonOf(job?.data),
    jobKey: job?.key ?? '',
    jobPriority: job?.priority === undefined ? '' : String(job.priority),
    overlap: definition.overlap ?? 'skip',
  }
}

const jsonOf = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2))

/** What is wrong with a field, by its pointer into the definition. */
export interface Fault {
  pointer: string
  detail: string
}

/**
 * Makes the definition of a form. What was not changed in the form keeps the bytes that it has in the stored definition.
 * @param stored the definition that the form was made of
 */
export function definitionOf(
  values: Values,
  stored: Partial<Definition>,
): { definition: NewDefinition } | { faults: Fault[] } {
  const data = readJson('/data', values.data)
  const jobData = readJson('/job/data', values.jobData)
  const faults = [data, jobData].flatMap(({ fault }) => fault ?? [])
  if (faults.length > 0) return { faults }
  const typed: { [Field in keyof Definition]?: Definition[Field] | undefined } = {
    [values.kind]: values[values.kind].trim(),
    timeZone: values.timeZone.trim(),
    start: values.start.trim(),
    end: values.end.trim(),
    exclude: datesOf(values.exclude),
    jitter: values.jitter.trim(),
    catchUp: values.catchUp,
    catchUpWindow: values.catchUpWindow.trim(),
    data: data.value as Record<string, never>,
    ...jobOf(values, jobData.value),
  }
  const before = valuesOf(stored)
  const kept = (field: keyof Definition) =>
    JSON.stringify(valuesAbout(field, values)) === JSON.stringify(valuesAbout(field, before))
  const fields = (Object.keys(typed) as (keyof Definition)[])
    .map(field => [field, kept(field) ? stored[field] : typed[field]] as const)
    .filter(([, value]) => value !== undefined && value !== '')
  const others = Object.entries(stored).filter(([field]) => !inForm.has(field))
  return { definition: Object.fromEntries([...others, ...fields]) as NewDefinition }
}

/** The fields that are made of the form. All others stay as they are, also those that the console does not know. */
const inForm: ReadonlySet<string> = new Set([
  ...kinds,
  ...['timeZone', 'start', 'end', 'exclude', 'jitter', 'catchUp', 'catchUpWindow', 'data', 'job', 'overlap'],
])

/** The parts of a form from which a field of the definition is made. */
const valuesAbout = (field: keyof Definition, values: Values) =>
  field === 'job'
    ? [values.jobKind, values.jobData, values.jobKey, values.jobPriority]
    : field === 'overlap'
      ? [values.overlap, values.jobKind]
      : values[field as keyof Values]

function jobOf(values: Values, data: unknown): Pick<Partial<Definition>, 'job' | 'overlap'> {
  const { jobKind, jobKey, jobPriority, overlap } = values
  const kind = jobKind.trim()
  if (kind === '') return {}
  const key = jobKey.trim()
  const job = {
    kind,
    data: data ?? {},
    ...(key === '' ? {} : { key }),
    ...(jobPriority.trim() === '' ? {} : { priority: Number(jobPriority) }),
  }
  return { job: job as NonNullable<Definition['job']>, overlap }
}

function datesOf(text: string): NonNullable<Definition['exclude']> | undefined {
  const lines = text
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([first]) => first !== '')
  if (lines.length === 0) return undefined
  return lines.map(([from = '', to]) => (to === undefined ? from : { from, to }))
}

function readJson(pointer: string, text: string): { value?: unknown; fault?: Fault } {
  if (text.trim() === '') return {}
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: { pointer, detail: `is no JSON: ${error.message}` } }
    throw error
  }
}
