import type { Problem } from '../api/problem.ts'
import { tasksApi } from '../api/services.ts'
import type { Command, Row, Task } from './task.ts'

/** What became of a command: the task, or its version when it is deleted; otherwise a problem. */
export type Outcome = { task: Task } | { deletedVersion: number } | { problem: Problem }

const etag = (version: number) => `"${version}"`
const versionOf = (response: Response, { version }: Task) =>
  Number(response.headers.get('etag')?.replaceAll('"', '') ?? version + 1)

/** Sends a command of a row to the service. */
export async function request(row: Row, command: Command): Promise<Outcome> {
  if (command.type === 'create') {
    const header = { 'idempotency-key': row.key }
    return outcomeOf(await tasksApi.POST('/tasks', { params: { header }, body: command.details }))
  }
  const { id, version } = row.task
  const params = { path: { id }, header: { 'if-match': etag(version) } }
  switch (command.type) {
    case 'edit':
      return outcomeOf(await tasksApi.PATCH('/tasks/{id}', { params, body: command.changes }))
    case 'complete':
      return outcomeOf(await tasksApi.POST('/tasks/{id}/complete', { params }))
    case 'reopen':
      return outcomeOf(await tasksApi.POST('/tasks/{id}/reopen', { params }))
    case 'restore':
      // Nothing can be lost by it: a task that somebody else has restored stays as it is.
      return outcomeOf(await tasksApi.POST('/tasks/{id}/restore', { params: { path: { id } } }))
    case 'delete': {
      const { error, response } = await tasksApi.DELETE('/tasks/{id}', { params })
      return error ? { problem: error } : { deletedVersion: versionOf(response, row.task) }
    }
  }
}

const outcomeOf = ({ data, error }: { data?: Task; error?: unknown }): Outcome =>
  data === undefined ? { problem: error as Problem } : { task: data }

/** Reads a task; undefined when it is deleted. */
export async function readTask(id: string): Promise<{ task: Task | undefined } | { problem: Problem }> {
  const { data, error, response } = await tasksApi.GET('/tasks/{id}', { params: { path: { id } } })
  if (data !== undefined) return { task: data }
  return response.status === 404 ? { task: undefined } : { problem: error as Problem }
}
