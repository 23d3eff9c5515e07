import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, IfMatch, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { type ByHandDeps, fireByHand } from '../firing/fire-by-hand.ts'
import { admin, operatorRequest, tags } from './operator-routes.ts'
import { SchedulePath } from './schemas.ts'

/** Serves `POST /schedules/:name/fire`. */
export function serveFire(app: App, deps: ByHandDeps, minInterval: number): void {
  const schema = {
    operationId: 'fireSchedule',
    summary: 'Fire a schedule now',
    description:
      'Fires the schedule once, in addition to its slots. A schedule that is paused or has no slot left can be fired too.',
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: {
      202: Type.Object(
        { id: Type.String({ description: 'The id of the ScheduleFired event' }) },
        {
          title: 'FiredSchedule',
          examples: [{ id: 'weekly-report:hand:019ab0c0-0000-7000-8000-000000000001' }],
        },
      ),
      ...problems(
        'DAYBOOK_SCHEDULE_NOT_FOUND',
        'DAYBOOK_SCHEDULE_BUILTIN',
        'DAYBOOK_SCHEDULE_CHANGED',
        'DAYBOOK_SCHEDULE_TOO_OFTEN',
      ),
    },
  }
  app.post('/schedules/:name/fire', { ...admin, schema }, async (request, reply) => {
    const { traceparent, params } = request
    const fired = await fireByHand(deps, params.name, {
      ...operatorRequest(request),
      minInterval,
      traceparent,
    })
    if ('id' in fired) return reply.code(202).send(fired)
    reply.header('retry-after', fired.retryAfter)
    throw new DaybookError('DAYBOOK_SCHEDULE_TOO_OFTEN', `${fired.why}; try again in ${fired.retryAfter} s`)
  })
}
