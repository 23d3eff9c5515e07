/** The services behind the gateway. */
export const serviceNames = ['tasks', 'reporting', 'scheduler'] as const
export type ServiceName = (typeof serviceNames)[number]

/** The origin of each service, as in `http://127.0.0.1:3001`. */
export type Addresses = Record<ServiceName, string>
