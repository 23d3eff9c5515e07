import { type Static, type TObject, Type } from 'typebox'
import { kafkaProblems } from '../../../src/config/kafka-problems.ts'
import { kafkaSettings, LOG_LEVEL } from '../../../src/config/kafka-settings.ts'
import { readSettings } from '../../../src/config/read-settings.ts'

/** The settings of a worker besides those of the connection to Kafka. */
export const settings = {
  JOB_LEASE_SECONDS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3600,
    description:
      'As in the scheduler: a worker sends a beat every sixth of this time, and aborts its jobs when no beat was acknowledged for all of it',
  }),
  DAYBOOK_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'URL of the scheduler, as in http://127.0.0.1:3003. Only jobs of strict kinds need it',
    }),
  ),
  DAYBOOK_TOKEN: Type.Optional(
    Type.String({ description: 'Token with the scope `worker`. Only jobs of strict kinds need it' }),
  ),
}

const all = { ...kafkaSettings, LOG_LEVEL, ...settings }

export type WorkerSettings = Static<TObject<typeof all>>

/**
 * Reads the settings of a worker.
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readConfig(env: Record<string, string | undefined>): WorkerSettings {
  return readSettings(all, env, (settings, given) => [
    ...kafkaProblems(settings, given),
    ...(given.has('DAYBOOK_URL') === given.has('DAYBOOK_TOKEN')
      ? []
      : ['DAYBOOK_URL, DAYBOOK_TOKEN: set both or none']),
  ])
}
