import { etagOf, type Preconditions } from '@daybook/shared/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OperatorRequest } from '../schedules/change-schedule.ts'
import type { UserSchedule } from '../schedules/schedule.ts'
import { scheduleBody } from './schemas.ts'

/** The options of a route that only operators can use. */
export const admin = { config: { admin: true } }
/** The tags of the routes on schedules in the OpenAPI document. */
export const tags = ['schedules']

/** Makes the operator's request of an HTTP request: who requests a change, when, and under which preconditions. */
export const operatorRequest = (
  request: Pick<FastifyRequest, 'user'> & { headers: Preconditions },
): OperatorRequest => ({
  by: request.user.id,
  now: new Date(),
  preconditions: request.headers,
})

/** Answers with a schedule and its ETag. */
export const answer = (reply: FastifyReply, schedule: UserSchedule) =>
  reply.header('etag', etagOf(schedule.version)).send(scheduleBody(schedule))
