import type { Admin, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { waitOut } from '../failures/outage.ts'
import type { Security } from './client.ts'
import { ensureTopics, type Replication } from './ensure-topics.ts'
import type { Authorization } from './failures/authorization.ts'
import { kafkaRefusal } from './failures/refusal.ts'
import type { Topic } from './topic.ts'

/** How the port reaches the brokers, and what it sets up there. */
export interface AdminOptions extends Security {
  brokers: string[]
  prefix: string
  /** The topics that the service uses. Missing topics are created before `connectKafka` resolves. */
  topics: Topic[]
  replication?: Replication | undefined
  log: Logger
  /** Called with each reason for which the connection waits. */
  onWait?: (reason: Error) => void
  signal?: AbortSignal
}

/**
 * Connects an admin client and creates missing topics. Waits while Kafka is unreachable or does not authorize Daybook.
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function openAdmin(
  client: Kafka,
  authorization: Authorization,
  options: AdminOptions,
): Promise<Admin> {
  const { brokers, tls, sasl, log } = options
  const admin = client.admin()
  const open = async () => {
    try {
      await admin.connect()
      await setUpTopics(admin, authorization, options)
    } catch (error) {
      throw kafkaRefusal(error) ?? error
    }
  }
  // A broker that expects another kind of connection closes the connection without a reason. So the log lines say whether
  // this connection uses TLS, and how it logs in.
  const connection = { brokers, tls: tls !== undefined, login: sasl?.mechanism ?? 'none' }
  try {
    await waitOut('connecting to Kafka', open, waiting({ ...options, log: log.child(connection) }))
    return admin
  } catch (error) {
    await admin.disconnect()
    throw error
  }
}

/** Creates the missing ones of `options.topics`. */
export function setUpTopics(
  admin: Admin,
  authorization: Authorization,
  options: AdminOptions,
): Promise<void> {
  const { prefix, topics, replication, log } = options
  const name = (topic: Topic) => prefix + topic.name
  const ensure = () => ensureTopics(admin, topics, { name, replication, log })
  return authorization.during('topics', { what: 'set up topics' }, ensure)
}

type Waiting = Pick<AdminOptions, 'log' | 'onWait'> & { signal?: AbortSignal | undefined }

/** Picks the options of `waitOut`. */
export const waiting = ({ log, signal, onWait }: Waiting) => ({
  log,
  ...(signal ? { signal } : {}),
  ...(onWait ? { onWait } : {}),
})
