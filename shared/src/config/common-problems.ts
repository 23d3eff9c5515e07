import { mongoUriProblem } from '../mongo/mongo-uri.ts'
import type { CommonSettings } from './common-settings.ts'
import { kafkaProblems } from './kafka-problems.ts'

type Settings = Partial<CommonSettings>
type Given = ReadonlySet<string>

/**
 * Finds the problems that a schema cannot find: contradictions between settings, and wrong addresses.
 * @param given the names that are set, also those with a wrong value
 * @returns the problems, as `<names>: <what to do>`
 */
export function commonProblems(settings: Settings, given: Given): string[] {
  const oneKey = given.has('AUTH_SECRET') !== given.has('AUTH_JWKS_URL')
  return [
    ...(oneKey ? [] : ['AUTH_SECRET, AUTH_JWKS_URL: set exactly one of the two']),
    ...kafkaProblems(settings, given),
    ...replicationProblems(settings),
    ...addressProblems(settings),
  ]
}

function replicationProblems(settings: Settings): string[] {
  const { TOPIC_REPLICATION_FACTOR: factor, TOPIC_MIN_INSYNC_REPLICAS: inSync } = settings
  const tooMany = factor !== undefined && inSync !== undefined && inSync > factor
  return tooMany ? ['TOPIC_MIN_INSYNC_REPLICAS: must not be more than TOPIC_REPLICATION_FACTOR'] : []
}

/** Finds the problems of addresses whose form is right. The schema reports addresses of another form. */
function addressProblems(settings: Settings): string[] {
  const { MONGODB_URI: uri = '', AUTH_JWKS_URL: jwks = '' } = settings
  const mongo = /^mongodb(\+srv)?:\/\//.test(uri) ? mongoUriProblem(uri) : undefined
  const otherScheme = URL.canParse(jwks) && !/^https?:$/.test(new URL(jwks).protocol)
  return [
    ...(mongo === undefined ? [] : [`MONGODB_URI: ${mongo}`]),
    ...(otherScheme ? ['AUTH_JWKS_URL: must begin with https:// or http://'] : []),
  ]
}
