import { DaybookError } from '@daybook/shared/failures/errors'
import type { ServiceName } from '../services.ts'

// The connection was never made, so the service got nothing.
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Converts the failure of a request to a service to an error for the client, which names no address. */
export function serviceAway(service: ServiceName, cause: unknown): DaybookError {
  const { code } = cause as { code?: string }
  const outcome = unreached.has(code ?? '')
    ? 'Nothing was done. Repeat the request after Retry-After'
    : 'The outcome is unknown. Read the state again before you retry'
  const message = `The service ${service} does not answer now; the other services may. ${outcome}`
  return new DaybookError('DAYBOOK_SERVICE_AWAY', message, { cause })
}
