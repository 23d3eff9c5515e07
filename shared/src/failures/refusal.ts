import { DaybookError } from './errors.ts'

// The certificates that Node does not take; https://nodejs.org/api/tls.html#x509-certificate-error-codes
const certificateTroubles = new Set<unknown>([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
// Of kafkajs, by name and by type; the last is a listener that knows no logins.
const loginTroubles = new Set<unknown>([
  'KafkaJSSASLAuthenticationError',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
])
const MONGO_AUTHENTICATION_FAILED = 18

type Trouble = Error & { code?: unknown; type?: unknown }

/**
 * Tells a server that refuses us, or that we refuse, from one that is away. At a start that is a matter of the
 * settings, which waiting does not mend, and somebody is looking; later, see `isOutage`, it is waited out.
 * @param server its name
 * @param error what an attempt to connect threw
 * @param remedies what must be right for the login, and for TLS
 * @returns DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED; undefined for any other error
 */
export function refusal(
  server: string,
  error: unknown,
  remedies: { login: string; tls: string },
): DaybookError | undefined {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    const options = { cause: error }
    if (isLoginTrouble(cause)) {
      const message = `${server} refuses the login (${cause.message}): ${remedies.login}`
      return new DaybookError('DAYBOOK_LOGIN_REFUSED', message, options)
    }
    if (isTlsTrouble(cause)) {
      const message = `No secure connection to ${server} (${plain(cause.message)}): ${remedies.tls}`
      return new DaybookError('DAYBOOK_TLS_REFUSED', message, options)
    }
  }
  return undefined
}

/** Where it found no server, the MongoDB driver gives as the cause what it knows of them, which holds the error. */
const causeOf = ({ cause }: Error): unknown =>
  cause instanceof Error ? cause : (cause as { error?: unknown } | undefined)?.error

const isLoginTrouble = ({ name, type, code }: Trouble) =>
  loginTroubles.has(name) ||
  loginTroubles.has(type) ||
  (name === 'MongoServerError' && code === MONGO_AUTHENTICATION_FAILED)

const isTlsTrouble = ({ code }: Trouble) =>
  certificateTroubles.has(code) || /^ERR_(SSL|TLS)_/.test(String(code))

/** OpenSSL's message for what it calls a reason, without the place in its source. */
const plain = (message: string) => message.replace(/\S+:SSL routines:[^:]*:([^:]*):.*/s, '$1')
