import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import { asDaybookError } from '@daybook/shared/http'
import { durationMs } from '@daybook/shared/time/duration'
import type { FastifyError, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { cronProblems } from '../calendar/cron-problems.ts'
import { shortestGap } from '../calendar/shortest-gap.ts'
import { nextSlot } from '../calendar/slots.ts'
import { type Definition, recurrenceOf, toDefinition } from './definition.ts'
import { type DefinitionBody, kinds } from './definition-schema.ts'

type Body = Static<typeof DefinitionBody>

/** The fault of a definition without slots. */
export const neverFires = 'never fires: nothing of it is left between start and end that is not excluded'

export interface DefinitionRules {
  defaultTimeZone: string
  /** The setting SCHEDULE_MIN_INTERVAL_SECONDS, in milliseconds. */
  minInterval: number
}

const MOST_DATA = 8192
// What is nested deeper than some thousands cannot be written as JSON.
const DEEPEST = 100

/**
 * A definition from the body of a request; what its schema found is told together with what no schema can say.
 * @param invalid what the schema found, if anything
 * @throws DaybookError DAYBOOK_REQUEST_INVALID with all faults
 */
export function readDefinition(
  body: Body,
  invalid: FastifyRequest['validationError'],
  rules: DefinitionRules,
  now: Date,
): Definition {
  const found = (invalid?.validation ?? []) as { instancePath: string }[]
  if (invalid !== undefined && (invalid.validationContext !== 'body' || !isObject(body))) throw invalid
  const unsound = new Set(found.map(({ instancePath }) => instancePath.split('/')[1]))
  const sound: Body = Object.fromEntries(Object.entries(body).filter(([name]) => !unsound.has(name)))
  const faults = [
    ...(invalid === undefined ? [] : asDaybookError(invalid as FastifyError).faults),
    ...kindFaults(body),
    ...fieldFaults(sound),
  ]
  const definition = toDefinition(sound, rules.defaultTimeZone)
  // Slots are only looked for where all is sound that they come from.
  if (faults.length === 0) faults.push(...slotFaults(definition, rules, now))
  if (faults.length === 0) return definition
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}

const isObject = (body: unknown) => typeof body === 'object' && body !== null && !Array.isArray(body)

function kindFaults(body: Body): Fault[] {
  const given = kinds.filter(kind => kind in body)
  if (given.length === 1) return []
  const detail = `must have exactly one of ${kinds.join(', ')}: it has ${given.join(', ') || 'none'}`
  return [{ pointer: '', detail }]
}

function fieldFaults({ cron, start, end, exclude = [], data = {} }: Body): Fault[] {
  const problems = cron === undefined ? [] : cronProblems(cron)
  const excess = dataProblem(data)
  return [
    ...problems.map(detail => ({ pointer: '/cron', detail })),
    ...(start !== undefined && end !== undefined && new Date(end) <= new Date(start)
      ? [{ pointer: '/end', detail: 'must come after start' }]
      : []),
    ...exclude.flatMap((one, i) =>
      typeof one === 'object' && one.to < one.from
        ? [{ pointer: `/exclude/${i}/to`, detail: 'must not come before from' }]
        : [],
    ),
    ...(excess === undefined ? [] : [{ pointer: '/data', detail: excess }]),
  ]
}

function dataProblem(data: object): string | undefined {
  if (isDeeper(data, DEEPEST)) return `must not be nested deeper than ${DEEPEST}`
  const bytes = Buffer.byteLength(JSON.stringify(data))
  return bytes > MOST_DATA ? `must have at most ${MOST_DATA} bytes as JSON: it has ${bytes}` : undefined
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some(one => isDeeper(one, most - 1)))

function slotFaults(definition: Definition, { minInterval }: DefinitionRules, now: Date): Fault[] {
  const recurrence = recurrenceOf(definition, now)
  // One instant may be past: it is fired at once.
  const after = 'at' in recurrence ? new Date(recurrence.at.getTime() - 1) : now
  const pointer = `/${kinds.find(kind => kind in definition)}`
  if (nextSlot(recurrence, after) === undefined) {
    return [{ pointer, detail: neverFires }]
  }
  const gap = shortestGap(recurrence, after)
  if (gap === undefined) return []
  const faults: Fault[] = []
  if (gap < minInterval) {
    const detail = `fires again after ${gap / 1000} s: SCHEDULE_MIN_INTERVAL_SECONDS asks for ${minInterval / 1000} s or more`
    faults.push({ pointer, detail })
  }
  if (definition.jitter !== undefined && (durationMs(definition.jitter) as number) > gap) {
    const detail = `must not be longer than the shortest time between two slots, ${gap / 1000} s`
    faults.push({ pointer: '/jitter', detail })
  }
  return faults
}
