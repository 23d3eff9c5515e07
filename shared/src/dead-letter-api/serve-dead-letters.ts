import type { App } from '../http/index.ts'
import { serveDelete, serveDeleteMany } from './delete-letters.ts'
import { serveLetterGroups } from './letter-groups.ts'
import type { LetterRoutes } from './letter-routes.ts'
import { serveLetter, serveLetterList } from './read-letters.ts'
import { serveReplays } from './replay-letters.ts'

/** Serves the routes on dead letters, for operators. */
export function serveDeadLetters(app: App, routes: LetterRoutes): void {
  serveLetterList(app, routes)
  serveLetterGroups(app, routes)
  serveLetter(app, routes)
  serveReplays(app, routes)
  serveDelete(app, routes)
  serveDeleteMany(app, routes)
}
