import kafkajs from 'kafkajs'
import type { Logger } from 'pino'
import type { Blocks } from '../../failures/blocks.ts'
import { DaybookError } from '../../failures/errors.ts'

/** A request to the brokers: its purpose, as in "publish", and its topic and group under their names on the broker. */
export interface Operation {
  what: string
  topic?: string | undefined
  group?: string | undefined
}

const resources: Record<string, (operation: Operation) => string> = {
  TOPIC_AUTHORIZATION_FAILED: ({ topic }) => `topic ${topic}`,
  GROUP_AUTHORIZATION_FAILED: ({ group }) => `group ${group}`,
  CLUSTER_AUTHORIZATION_FAILED: () => 'the cluster',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: () => 'a transactional id',
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: () => 'a delegation token',
}

type Refusal = Error & { type: string; topic?: string }

/**
 * Finds the refusal for a missing right in an error of kafkajs. The error may wrap the refusal, or list a refusal for
 * each topic.
 */
export function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  if ('type' in error && String(error.type) in resources) return error as Refusal
  if (!(error instanceof kafkajs.KafkaJSAggregateError)) return refusalIn(error.cause)
  const refusals = error.errors.map(refusalIn).filter(refusal => refusal !== undefined)
  const [first] = refusals
  if (first === undefined) return undefined
  const topic = refusals.map(refusal => refusal.topic).join(', ')
  return Object.assign(new Error(first.message, { cause: error }), { type: first.type, topic })
}

/** Records which operations the brokers do not authorize. */
export interface Authorization {
  /**
   * Runs an operation of a part of the process. After a refusal the part is blocked until the operation succeeds.
   * @throws DaybookError DAYBOOK_NOT_AUTHORIZED, an outage that is already logged; any other error of `attempt`
   */
  during: <T>(part: string, operation: Operation, attempt: () => Promise<T>) => Promise<T>
  /** Blocks a part if the error is a refusal. @returns the refusal as DAYBOOK_NOT_AUTHORIZED; undefined for other errors */
  refused: (part: string, operation: Operation, error: unknown) => DaybookError | undefined
  /** Unblocks a part after its operation succeeded. */
  granted: (part: string) => void
}

/**
 * Makes the record of refused operations.
 * @param blocks where the blocked parts are listed
 * @param log gets one line when an operation is refused, one when the reason changes, and one when it succeeds again
 */
export function watchAuthorization(blocks: Blocks, log: Logger): Authorization {
  function refused(part: string, operation: Operation, error: unknown): DaybookError | undefined {
    const refusal = refusalIn(error)
    if (refusal === undefined) return undefined
    const resource = resources[refusal.type]?.({ ...operation, topic: refusal.topic ?? operation.topic })
    const why = `Kafka does not authorize us to ${operation.what}: no rights on ${resource} (${refusal.type})`
    const message = `${why}. Grant them, see docs/operations.md, "Rights"`
    const blocked = new DaybookError('DAYBOOK_NOT_AUTHORIZED', message, { cause: error })
    if (blocks.list().get(part)?.message !== message)
      log.error({ code: blocked.code, part, err: error }, message)
    blocks.set(part, blocked)
    return blocked
  }

  function granted(part: string): void {
    if (blocks.list().get(part)?.code !== 'DAYBOOK_NOT_AUTHORIZED') return
    blocks.set(part, undefined)
    log.info({ part }, 'Kafka authorizes us again')
  }

  return {
    refused,
    granted,
    async during(part, operation, attempt) {
      try {
        const result = await attempt()
        granted(part)
        return result
      } catch (error) {
        throw refused(part, operation, error) ?? error
      }
    },
  }
}
