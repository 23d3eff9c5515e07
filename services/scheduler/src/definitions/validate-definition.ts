import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import { soundFields } from '@daybook/shared/http'
import { isDeeper } from '@daybook/shared/validation/json-depth'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { cronProblems } from '../calendar/cron-problems.ts'
import { type Definition, toDefinition } from './definition.ts'
import { type DefinitionBody, kinds } from './definition-schema.ts'
import { type DefinitionRules, slotFaults } from './slot-faults.ts'

type Body = Static<typeof DefinitionBody>

const MAX_DATA_BYTES = 8192
// JSON.stringify fails at a depth of some thousands.
const MAX_DEPTH = 100

/**
 * Reads a definition from the body of a request. It reports the faults that the schema found together with those that no
 * schema can express.
 * @param invalid the error of the schema validation, if there is one
 * @throws DaybookError DAYBOOK_REQUEST_INVALID with all faults; `invalid` if it is not about the fields of the body
 */
export function readDefinition(
  body: Body,
  invalid: FastifyRequest['validationError'],
  rules: DefinitionRules,
  now: Date,
): Definition {
  const { sound, faults } = soundFields(body, invalid)
  faults.push(...kindFaults(body), ...fieldFaults(sound))
  const definition = toDefinition(sound, rules.defaultTimeZone)
  // Slots can only be computed from a definition without other faults.
  if (faults.length === 0) faults.push(...slotFaults(definition, rules, now))
  if (faults.length === 0) return definition
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', {
    faults,
  })
}

function kindFaults(body: Body): Fault[] {
  const given = kinds.filter(kind => kind in body)
  if (given.length === 1) return []
  const detail = `must have exactly one of ${kinds.join(', ')}; it has ${given.join(', ') || 'none'}`
  return [{ pointer: '', detail }]
}

function fieldFaults({ cron, start, end, exclude = [], data = {}, job, overlap }: Body): Fault[] {
  const problems = cron === undefined ? [] : cronProblems(cron)
  // One firing may store hundreds of events with the data of both, see `hasRoomForEvents`.
  const excess = dataProblem(data)
  const jobExcess = job === undefined || excess !== undefined ? undefined : dataProblem([data, job.data])
  return [
    ...problems.map(detail => ({ pointer: '/cron', detail })),
    ...(start !== undefined && end !== undefined && new Date(end) <= new Date(start)
      ? [{ pointer: '/end', detail: 'must be later than start' }]
      : []),
    ...exclude.flatMap((one, i) =>
      typeof one === 'object' && one.to < one.from
        ? [{ pointer: `/exclude/${i}/to`, detail: 'must not be earlier than from' }]
        : [],
    ),
    ...(excess === undefined ? [] : [{ pointer: '/data', detail: excess }]),
    ...(jobExcess === undefined
      ? []
      : [{ pointer: '/job/data', detail: `${jobExcess}, together with data` }]),
    ...(overlap !== undefined && job === undefined
      ? [{ pointer: '/overlap', detail: 'must not be there: the schedule has no job' }]
      : []),
  ]
}

function dataProblem(data: object): string | undefined {
  if (isDeeper(data, MAX_DEPTH)) return `must not be nested deeper than ${MAX_DEPTH}`
  const bytes = Buffer.byteLength(JSON.stringify(data))
  return bytes > MAX_DATA_BYTES
    ? `must have at most ${MAX_DATA_BYTES} bytes as JSON; it has ${bytes}`
    : undefined
}
