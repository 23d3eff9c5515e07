import { type App, problems } from '@daybook/shared/http'
import { forPeople, Status } from './parts.ts'
import type { PartWatch } from './watch-parts.ts'

/** Serves the states of all parts. */
export function serveStatus(app: App, { states }: Pick<PartWatch, 'states'>): void {
  app.get(
    '/status',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getStatus',
        summary: 'The state of each part of Daybook, and since when',
        tags: ['health'],
        response: { 200: Status, ...problems() },
      },
    },
    ({ user }) => {
      const parts = user.admin ? states() : states().map(forPeople)
      return { at: new Date().toISOString(), parts: parts as never }
    },
  )
}
