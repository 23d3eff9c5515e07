import type { Reporting } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { reportingApi, schedulerApi, tasksApi } from '../../api/services.ts'
import type {
  DeletedMany,
  Letter,
  LetterFilter,
  LetterGroups,
  LetterPage,
  Replayed,
  ReplayedMany,
  Service,
} from './letter.ts'

/** Requests about the dead letters of a service. */

interface Answer<T> {
  data?: T
  error?: Problem
}

// The types of topics and groups are those of reporting; the texts are those of each service.
const apis = { tasks: tasksApi, reporting: reportingApi, scheduler: schedulerApi } as unknown as Record<
  Service,
  typeof reportingApi
>
type Filter = Reporting.components['schemas']['DeadLetterFilter']

const answered = <T>({ data, error }: { data?: T; error?: unknown }): Answer<T> =>
  data === undefined ? { error: error as Problem } : { data }

const PAGE = 100

/** The groups of a service's letters by consumer group and error, the largest first. */
export const readGroups = async (service: Service, signal: AbortSignal): Promise<Answer<LetterGroups>> =>
  answered(await apis[service].GET('/dead-letters/groups', { signal }))

export async function readLetters(
  service: Service,
  filter: LetterFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Answer<LetterPage>> {
  const query = { ...(filter as Filter), limit: PAGE, ...(cursor !== undefined && { cursor }) }
  return answered(await apis[service].GET('/dead-letters', { params: { query }, signal }))
}

const pathOf = (id: string) => ({ params: { path: { id } } })

export const readLetter = async (
  service: Service,
  id: string,
  signal: AbortSignal,
): Promise<Answer<Letter>> =>
  answered(await apis[service].GET('/dead-letters/{id}', { ...pathOf(id), signal }))

export const replayLetter = async (service: Service, id: string): Promise<Answer<Replayed>> =>
  answered(await apis[service].POST('/dead-letters/{id}/replay', pathOf(id)))

/** @returns an empty answer when it is deleted */
export async function deleteLetter(service: Service, id: string): Promise<{ error?: Problem }> {
  const { error } = await apis[service].DELETE('/dead-letters/{id}', pathOf(id))
  return error === undefined ? {} : { error: error as Problem }
}

interface Many {
  filter: LetterFilter
  dryRun?: boolean
  cursor?: string
}

export const replayMany = async (
  service: Service,
  { filter, ...body }: Many & { limit: number },
): Promise<Answer<ReplayedMany>> =>
  answered(await apis[service].POST('/dead-letters/replay', { body: { filter: filter as Filter, ...body } }))

export const deleteMany = async (service: Service, { filter, ...body }: Many): Promise<Answer<DeletedMany>> =>
  answered(await apis[service].POST('/dead-letters/delete', { body: { filter: filter as Filter, ...body } }))
