export type { AuthOptions, User } from './auth/auth.ts'
export type { Checks } from './health.ts'
export { LIMITS, type Limits } from './limits.ts'
export type { App } from './routes/app.ts'
export {
  created,
  etagOf,
  type NamedTags,
  nameStrongly,
  nameWeakly,
  readTags,
  requireTags,
  versioned,
} from './routes/etag.ts'
export { asDaybookError, Problem, problems } from './routes/problem.ts'
export { authFrom, buildServer, listen, type ServerOptions } from './server.ts'
