import { gatewayClient, reportingClient, schedulerClient, tasksClient } from '@daybook/client'
import { session } from '../session/session.ts'
import { send } from './send.ts'

/** The services, behind the gateway. Each refusal and each missing answer is an `error`, which is a problem. */

const behindGateway = (path: string) => ({
  url: `${window.location.origin}${path}`,
  token: () => session.value?.token ?? '',
  fetch: send,
})

export const gatewayApi = gatewayClient(behindGateway(''))
export const tasksApi = tasksClient(behindGateway('/services/tasks'))
export const reportingApi = reportingClient(behindGateway('/services/reporting'))
export const schedulerApi = schedulerClient(behindGateway('/services/scheduler'))
