import { type ServiceName, serviceNames } from '../services.ts'

/** The first segments of the paths that only one service has. */
const segments: Record<ServiceName, readonly string[]> = {
  tasks: ['tasks', 'changes', 'users', 'erasures', 'asyncapi.json', 'schemas'],
  reporting: ['days', 'completions', 'runs', 'reruns', 'writers'],
  scheduler: ['end-of-day', 'schedules', 'kinds', 'limits', 'workers', 'jobs', 'lanes', 'groups'],
}

/** A part of the paths of the gateway that it forwards to a service. */
export interface Part {
  service: ServiceName
  /** The paths: this one, and all below it. */
  path: string
  /** What the service's paths lack at their beginning. */
  prefix: string
}

/** All parts. Every path of a service is below `/services/<name>`; one that no other service has is also where the service has it. */
export const parts: readonly Part[] = serviceNames.flatMap(service => [
  ...segments[service].map(segment => ({ service, path: `/${segment}`, prefix: '' })),
  { service, path: `/services/${service}`, prefix: `/services/${service}` },
])

/**
 * Returns the paths of a part that only admins get. A service shows its health and metrics to everybody who reaches it, and the gateway
 * may be reached from everywhere: they have addresses of servers, and names of jobs, in them.
 */
export const operatorPaths = ({ path, prefix }: Part): string[] =>
  prefix === '' ? [] : [`${path}/health/live`, `${path}/health/ready`, `${path}/metrics`]

/** Returns the path at the gateway for a path of a service. */
export function pathAtGateway(service: ServiceName, path: string): string {
  const [, segment = ''] = path.split('/')
  return segments[service].includes(segment) ? path : `/services/${service}${path}`
}
