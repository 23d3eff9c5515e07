export type { AuthOptions, User } from './auth.ts'
export type { Checks } from './health.ts'
export { Problem, problems } from './problem.ts'
export { type App, authFrom, buildServer, listen, type ServerOptions } from './server.ts'
