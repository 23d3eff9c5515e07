import kafkajs, { type AclEntry, type Admin } from 'kafkajs'
import type { Test } from 'tap'
import type { BrokerProperties } from '../../deploy/local/kafka/kafka-settings.ts'
import { usablePorts } from '../../deploy/local/processes/ports.ts'
import { startDedicatedKafka } from './dedicated-kafka.ts'

type Operation = keyof typeof kafkajs.AclOperationTypes

/** A broker that allows a user only the operations that were granted. */
export interface GuardedKafka {
  /** The address at which clients without a login may do everything. */
  open: string[]
  /** May do everything. */
  admin: Admin
  /** The settings of a service that logs in as the user. */
  env: Record<string, string>
  /** Grants the user operations on all topics or groups whose names begin with `name`. */
  grant: (what: 'TOPIC' | 'GROUP', name: string, ...operations: Operation[]) => Promise<void>
  revoke: (what: 'TOPIC' | 'GROUP', name: string, ...operations: Operation[]) => Promise<void>
}

const USER = 'daybook'
const PASSWORD = 'the password of the tests'

export async function startGuardedKafka(t: Test): Promise<GuardedKafka> {
  const [login = 0] = await usablePorts([0], 'Kafka', 'run the test again')
  const { brokers } = await startDedicatedKafka(t, { properties: usual => guarded(usual, login) })
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  t.teardown(() => admin.disconnect())
  return {
    open: brokers,
    admin,
    env: {
      KAFKA_BROKERS: `127.0.0.1:${login}`,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: USER,
      KAFKA_SASL_PASSWORD: PASSWORD,
    },
    async grant(what, name, ...operations) {
      await admin.createAcls({ acl: operations.map(operation => entry(what, name, operation)) })
    },
    revoke: (what, name, ...operations) => revoke(admin, what, name, operations),
  }
}

const entry = (what: 'TOPIC' | 'GROUP', resourceName: string, operation: Operation): AclEntry => ({
  resourceType: kafkajs.AclResourceTypes[what],
  resourceName,
  resourcePatternType: kafkajs.ResourcePatternTypes.PREFIXED,
  principal: `User:${USER}`,
  host: '*',
  operation: kafkajs.AclOperationTypes[operation],
  permissionType: kafkajs.AclPermissionTypes.ALLOW,
})

async function revoke(admin: Admin, what: 'TOPIC' | 'GROUP', name: string, operations: Operation[]) {
  await admin.deleteAcls({ filters: operations.map(operation => entry(what, name, operation)) })
}

/** Adds a listener with a login. Clients without a login may do everything, so the broker and the tests need no grants. */
function guarded(usual: BrokerProperties, login: number): BrokerProperties {
  const added = `SASL_PLAINTEXT://127.0.0.1:${login}`
  const module = 'org.apache.kafka.common.security.plain.PlainLoginModule'
  return {
    ...usual,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    listeners: `${usual.listeners},${added}`,
    'advertised.listeners': `${usual['advertised.listeners']},${added}`,
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${module} required user_${USER}="${PASSWORD}";`,
  }
}
