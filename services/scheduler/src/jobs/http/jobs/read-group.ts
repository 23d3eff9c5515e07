import { keepingEach } from '@daybook/shared/async/keeping'
import { type App, problems, type User } from '@daybook/shared/http'
import { readCursor, writeCursor } from '../../queries/job-cursor.ts'
import { storedStates } from '../../queries/job-filter.ts'
import type { JobGroup } from '../../stored/job-group.ts'
import { jobsScope, tags, visibleGroup, visibleJob } from './access.ts'
import { groupBody, resultBody } from './group-body.ts'
import { GroupBody, GroupPath, Groups, GroupsQuery, Results, ResultsQuery } from './group-schemas.ts'
import type { JobRoutes } from './job-routes.ts'

const [SHOWN_FAILURES, SHOWN_GROUPS] = [10, 100]

/** Serves `GET /groups`, `GET /groups/:id`, `GET /groups/:id/results` and `POST /groups/:id/close`. */
export function serveGroup(app: App, { groups, groupReader, reader }: JobRoutes): void {
  const options = (operationId: string, summary: string, description: string) => ({
    operationId,
    summary,
    description,
    tags,
    params: GroupPath,
  })

  async function described(group: JobGroup) {
    const { _id: id } = group
    return groupBody(group, await groupReader.counts(id), await groupReader.failures(id, SHOWN_FAILURES))
  }
  const shown = async (id: string, user: User) => described(await visibleGroup(groupReader, id, user))

  const ofParent = {
    operationId: 'listGroups',
    summary: 'The groups that the handler of a job has made',
    description: `At most ${SHOWN_GROUPS}, in the order of their ids. A group is shown as it was when it was read, for twenty times as long as that took.`,
    tags,
    querystring: GroupsQuery,
    response: { 200: Groups, ...problems('DAYBOOK_JOB_NOT_FOUND') },
  }
  const kept = keepingEach<Awaited<ReturnType<typeof described>>>(10 * SHOWN_GROUPS)
  app.get('/groups', { ...jobsScope, schema: ofParent }, async ({ query: { parent }, user }) => {
    await visibleJob(reader, parent, user)
    const found = await groupReader.ofParent(parent, SHOWN_GROUPS)
    const groups: Awaited<ReturnType<typeof described>>[] = []
    // One after the other: a group can have many members.
    for (const group of found) groups.push(await kept(group._id, () => described(group)))
    return { groups }
  })

  const one = {
    ...options(
      'readGroup',
      'A group: how many of its jobs are in which state, and some failures',
      'Only its owner sees it.',
    ),
    response: { 200: GroupBody, ...problems('DAYBOOK_GROUP_NOT_FOUND') },
  }
  app.get('/groups/:id', { ...jobsScope, schema: one }, async ({ params, user }) => shown(params.id, user))

  const close = {
    ...options(
      'closeGroup',
      'Close a group',
      'No more jobs can be added. It finishes when all its jobs have ended. A group that is closed stays as it is.',
    ),
    response: { 200: GroupBody, ...problems('DAYBOOK_GROUP_NOT_FOUND') },
  }
  app.post('/groups/:id/close', { ...jobsScope, schema: close }, async ({ params, user }) => {
    await visibleGroup(groupReader, params.id, user)
    await groups.close(params.id)
    return shown(params.id, user)
  })

  const results = {
    ...options(
      'readGroupResults',
      'The jobs of a group with their results, in the order of their ids',
      'A job never changes its place, so every job is on exactly one page, even when jobs end meanwhile. A page ends early when its results have 1 MiB: read on until `nextCursor` is null.',
    ),
    querystring: ResultsQuery,
    response: { 200: Results, ...problems('DAYBOOK_GROUP_NOT_FOUND') },
  }
  app.get('/groups/:id/results', { ...jobsScope, schema: results }, async ({ params, query, user }) => {
    await visibleGroup(groupReader, params.id, user)
    const { state, limit, cursor } = query
    const after = cursor === undefined ? undefined : readCursor(cursor)
    const states = state && storedStates(state)
    const page = await groupReader.members(params.id, { states, after, limit })
    const nextCursor = page.after === undefined ? null : writeCursor(page.after)
    return { results: page.rows.map(resultBody), nextCursor }
  })
}
