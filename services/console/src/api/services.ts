import { reportingClient, schedulerClient, tasksClient } from '@daybook/client'
import { session } from '../session/session.ts'
import { send } from './send.ts'

/** The services, behind the gateway. Each refusal and each missing answer is an `error`, which is a problem. */

const behindGateway = (service: string) => ({
  url: `${window.location.origin}/services/${service}`,
  token: () => session.value?.token ?? '',
  fetch: send,
})

export const tasksApi = tasksClient(behindGateway('tasks'))
export const reportingApi = reportingClient(behindGateway('reporting'))
export const schedulerApi = schedulerClient(behindGateway('scheduler'))
