import createClient, { type Client } from 'openapi-fetch'
import type { paths as GatewayPaths } from './generated/gateway.ts'
import type { paths as ReportingPaths } from './generated/reporting.ts'
import type { paths as SchedulerPaths } from './generated/scheduler.ts'
import type { paths as TasksPaths } from './generated/tasks.ts'

export interface ClientOptions {
  /** The address of the service, as in `http://127.0.0.1:3001`. */
  url: string
  /** A bearer token, or a function that returns the one to use now. It is called for each request. */
  token: string | (() => string | Promise<string>)
  /** Sends the requests, instead of the global `fetch`: for example, to repeat them or to limit their time. */
  fetch?: (request: Request) => Promise<Response>
}

/** Makes a client of the service tasks. Its methods have the paths, parameters and bodies of the service's OpenAPI document. */
export const tasksClient = (options: ClientOptions): Client<TasksPaths> => clientOf<TasksPaths>(options)

/** Makes a client of the service reporting. For the log of a day, pass `parseAs: 'text'`. */
export const reportingClient = (options: ClientOptions): Client<ReportingPaths> =>
  clientOf<ReportingPaths>(options)

/** Makes a client of the service scheduler. */
export const schedulerClient = (options: ClientOptions): Client<SchedulerPaths> =>
  clientOf<SchedulerPaths>(options)

/** Makes a client of what the gateway itself serves. It forwards the paths of the services: make their clients with its address. */
export const gatewayClient = (options: ClientOptions): Client<GatewayPaths> => clientOf<GatewayPaths>(options)

function clientOf<Paths extends object>({ url, token, fetch }: ClientOptions): Client<Paths> {
  const client = createClient<Paths>({ baseUrl: url, ...(fetch && { fetch }) })
  client.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
    },
  })
  return client
}
