import kafkajs from 'kafkajs'
import type { Logger } from 'pino'
import type { Blocks } from '../../failures/blocks.ts'
import { DaybookError } from '../../failures/errors.ts'

/** What is asked of the brokers, as in "publish", and the names there of the topic and the group that it is about. */
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

/** The refusal for want of rights in an error of kafkajs, which wraps it, or lists one for each topic. */
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

/** Keeps account of what the brokers do not authorize. */
export interface Authorization {
  /**
   * Does an operation of a part of the process. The part is blocked from a refusal on until the operation succeeds.
   * @throws DaybookError DAYBOOK_NOT_AUTHORIZED, an outage which is in the log already; and any other error of `attempt`
   */
  during: <T>(part: string, operation: Operation, attempt: () => Promise<T>) => Promise<T>
  /** Notes an error, if it is a refusal. @returns it as DAYBOOK_NOT_AUTHORIZED, or undefined */
  refused: (part: string, operation: Operation, error: unknown) => DaybookError | undefined
  /** Notes that an operation of a part succeeded. */
  granted: (part: string) => void
}

/** @param log gets one line when an operation is refused or refused for another reason, and one when it succeeds again */
export function watchAuthorization(blocks: Blocks, log: Logger): Authorization {
  function refused(part: string, operation: Operation, error: unknown): DaybookError | undefined {
    const refusal = refusalIn(error)
    if (refusal === undefined) return undefined
    const resource = resources[refusal.type]?.({ ...operation, topic: refusal.topic ?? operation.topic })
    const why = `Kafka does not authorize us to ${operation.what}, for want of rights on ${resource}`
    const message = `${why} (${refusal.type}): grant them, see docs/operations.md, "Rights"`
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
