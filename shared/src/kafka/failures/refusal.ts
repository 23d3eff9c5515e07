import type { DaybookError } from '../../failures/errors.ts'
import { refusal, type Server } from '../../failures/refusal.ts'

const server: Server = {
  name: 'Kafka',
  rejectsLogin: ({ name, type }) =>
    name === 'KafkaJSSASLAuthenticationError' ||
    type === 'UNSUPPORTED_SASL_MECHANISM' ||
    // The answer of a listener without logins.
    type === 'ILLEGAL_SASL_STATE',
  remedies: {
    login: 'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD must be valid for its listener',
    tls: "KAFKA_TLS_CA must be the authority that signed the broker's certificate, the certificate must name the broker's host, and the broker must trust KAFKA_TLS_CERT",
  },
}

/** The refusal of a login or a certificate in an error of kafkajs, see `refusal`. */
export const kafkaRefusal = (error: unknown): DaybookError | undefined => refusal(error, server)
