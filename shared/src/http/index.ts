export type { App } from './app.ts'
export type { AuthOptions, User } from './auth.ts'
export {
  created,
  etagOf,
  type NamedTags,
  nameStrongly,
  nameWeakly,
  readTags,
  requireTags,
  versioned,
} from './etag.ts'
export type { Checks } from './health.ts'
export { LIMITS, type Limits } from './limits.ts'
export { asDaybookError, Problem, problems } from './problem.ts'
export { authFrom, buildServer, listen, type ServerOptions } from './server.ts'
