import { DaybookError } from './errors.ts'

// The certificates that Node rejects; https://nodejs.org/api/tls.html#x509-certificate-error-codes
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

/** The fields by which libraries tell their errors apart. */
export type Trouble = Error & { code?: unknown; type?: unknown }

/** A server that Daybook connects to. */
export interface Server {
  name: string
  /** Returns whether an error of the server's client library says that the server rejects the login. */
  rejectsLogin: (error: Trouble) => boolean
  /** Which settings must be right for the login, and for TLS. */
  remedies: { login: string; tls: string }
}

/**
 * Recognises that a server rejects Daybook's login or certificate, or that Daybook rejects the server's certificate. At the
 * start of a service such an error ends the process: the settings cause it, waiting does not correct them, and an operator
 * is watching. Later such an error is an outage, see `isOutage`.
 * @param error what an attempt to connect threw
 * @returns DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED; undefined for any other error
 */
export function refusal(error: unknown, { name, rejectsLogin, remedies }: Server): DaybookError | undefined {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    const options = { cause: error }
    if (rejectsLogin(cause)) {
      const message = `${name} refuses the login (${cause.message}): ${remedies.login}`
      return new DaybookError('DAYBOOK_LOGIN_REFUSED', message, options)
    }
    if (isTlsTrouble(cause)) {
      const message = `No secure connection to ${name} (${opensslReason(cause.message)}): ${remedies.tls}`
      return new DaybookError('DAYBOOK_TLS_REFUSED', message, options)
    }
  }
  return undefined
}

/**
 * Returns the error that caused an error. The cause of an error of the MongoDB driver is a description of the servers,
 * whose field `error` holds the error.
 */
const causeOf = ({ cause }: Error): unknown =>
  cause instanceof Error ? cause : (cause as { error?: unknown } | undefined)?.error

const isTlsTrouble = ({ code }: Trouble) =>
  certificateTroubles.has(code) || /^ERR_(SSL|TLS)_/.test(String(code))

/** The part of OpenSSL's message that names the reason, without the place in OpenSSL's source. */
const opensslReason = (message: string) => message.replace(/\S+:SSL routines:[^:]*:([^:]*):.*/s, '$1')
