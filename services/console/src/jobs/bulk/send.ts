import { schedulerApi } from '../../api/services.ts'
import type { SendBulk, SendOne } from './bulk.ts'

/** The requests of commands, to the scheduler. */

export const sendBulk: SendBulk = (action, body) =>
  schedulerApi.POST(action === 'retry' ? '/jobs/retry' : '/jobs/cancel', { body })

export const sendOne: SendOne = (action, id) =>
  schedulerApi.POST(action === 'retry' ? '/jobs/{id}/retry' : '/jobs/{id}/cancel', {
    params: { path: { id } },
  })
