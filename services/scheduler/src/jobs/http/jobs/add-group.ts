import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { idOfIdempotencyKey } from '../../adding/request-ids.ts'
import type { AddedGroup } from '../../groups/new-group.ts'
import { jobsScope, tags, visibleGroup } from './access.ts'
import { keyField } from './add-job.ts'
import { AddedBody, GroupPath, MoreJobsBody, NewGroupBody } from './group-schemas.ts'
import type { JobRoutes } from './job-routes.ts'

/** The largest body with up to 1,000 jobs, in bytes. */
const MAX_BODY = 8_388_608

const location = Type.String({ description: 'The path of the group' })
const headers = Type.Object(keyField)
const answers = {
  200: {
    ...AddedBody,
    'x-response-description': 'The same request was accepted before',
    headers: { location },
  },
  202: { ...AddedBody, 'x-response-description': 'The jobs are added', headers: { location } },
  ...problems('DAYBOOK_JOB_CONFLICT'),
}

const added = ({ id, jobs }: AddedGroup) => ({ group: id, jobs })
const isNew = ({ status }: AddedGroup) => status === 'added'

/** Serves `POST /jobs/batch` and `POST /groups/:id/jobs`. */
export function serveAddGroup(app: App, { groups, groupReader }: JobRoutes): void {
  const batch = {
    operationId: 'addGroup',
    summary: 'Add up to 1,000 jobs as a group',
    description:
      'The group and all its jobs are stored, or nothing is. When all jobs have ended and the group is closed, it finishes, and the job `then` is added.',
    tags,
    headers,
    body: NewGroupBody,
    response: answers,
  }
  const options = { ...jobsScope, bodyLimit: MAX_BODY }
  app.post('/jobs/batch', { ...options, schema: batch }, async (request, reply) => {
    const { body, headers, user, traceparent } = request
    const { jobs, then, close = true } = body
    const id = body.group ?? chosenId(user.id, headers['idempotency-key'])
    const group = await groups.addGroup({
      owner: user.id,
      jobs: jobs.map(job => ({ request: job })),
      open: !close,
      traceparent,
      ...(id === undefined ? {} : { id }),
      ...(then === undefined ? {} : { then }),
    })
    return reply
      .code(isNew(group) ? 202 : 200)
      .header('location', `/groups/${group.id}`)
      .send(added(group))
  })

  const more = {
    operationId: 'addJobsToGroup',
    summary: 'Add up to 1,000 jobs to a group that is open',
    tags,
    params: GroupPath,
    headers,
    body: MoreJobsBody,
    response: {
      ...answers,
      ...problems('DAYBOOK_JOB_CONFLICT', 'DAYBOOK_GROUP_NOT_FOUND', 'DAYBOOK_GROUP_CLOSED'),
    },
  }
  app.post('/groups/:id/jobs', { ...options, schema: more }, async (request, reply) => {
    const { params, body, user, traceparent } = request
    await visibleGroup(groupReader, params.id, user)
    const id = chosenId(user.id, request.headers['idempotency-key'])
    const jobs = body.jobs.map(job => ({ request: job }))
    const asked = { jobs, traceparent, ...(id === undefined ? {} : { id }) }
    const group = await groups.addToGroup(params.id, asked)
    return reply
      .code(isNew(group) ? 202 : 200)
      .header('location', `/groups/${group.id}`)
      .send(added(group))
  })
}

const chosenId = (owner: string, key: string | undefined) =>
  key === undefined ? undefined : idOfIdempotencyKey(owner, key)
