import { type Certificate, makeCertificate } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { BrokerProperties } from '../../deploy/local/kafka/kafka-settings.ts'
import { usablePorts } from '../../deploy/local/processes/ports.ts'
import { startDedicatedKafka } from './dedicated-kafka.ts'

export const USER = 'alice'
export const PASSWORD = 'the password of the tests'

/** A broker that requires authentication, with one listener for each kind. */
export interface SecuredKafka {
  /** The authority that signed the broker's certificate and signs the certificates of trusted clients. */
  authority: Certificate
  /** The listener that requires TLS and a login with PLAIN or SCRAM-SHA-512. */
  loginBroker: string
  /** The listener that requires TLS with a client certificate. */
  certificateBroker: string
  /** Kills the broker as a crash would, and starts it again with another password for PLAIN. */
  restart: (password: string) => Promise<void>
}

export async function startSecuredKafka(t: Test): Promise<SecuredKafka> {
  const authority = makeCertificate('authority')
  const broker = makeCertificate('broker', authority)
  const [port, login, certificate] = await usablePorts([0, 0, 0], 'Kafka', 'run the test again')
  const added = [`SASL_SSL://127.0.0.1:${login}`, `SSL://127.0.0.1:${certificate}`]
  const withPassword = (password: string) => (usual: BrokerProperties) =>
    secured(usual, { added, authority, broker, password })
  const { restart } = await startDedicatedKafka(t, {
    port,
    properties: withPassword(PASSWORD),
    scramUsers: [`SCRAM-SHA-512=[name=${USER},password="${PASSWORD}"]`],
  })
  return {
    authority,
    loginBroker: `127.0.0.1:${login}`,
    certificateBroker: `127.0.0.1:${certificate}`,
    restart: password => restart(withPassword(password)),
  }
}

type Secrets = { added: string[]; authority: Certificate; broker: Certificate; password: string }

function secured(usual: BrokerProperties, { added, authority, broker, password }: Secrets): BrokerProperties {
  const modules = 'org.apache.kafka.common.security'
  return {
    ...usual,
    listeners: [usual.listeners, ...added].join(),
    'advertised.listeners': [usual['advertised.listeners'], ...added].join(),
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': broker.cert,
    'ssl.keystore.key': broker.key,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': authority.cert,
    'listener.name.ssl.ssl.client.auth': 'required',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `${modules}.plain.PlainLoginModule required user_${USER}="${password}";`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${modules}.scram.ScramLoginModule required;`,
  }
}
