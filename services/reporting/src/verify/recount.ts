import {
  type Completion,
  inOrder,
  type ProjectedEvent,
  project,
  type TakenBack,
} from '../projection/completion.ts'

/** What the events say about one day. */
export interface Recount {
  /** Takes an event of any day, in any order, also again. */
  add: (event: ProjectedEvent) => void
  users: () => string[]
  /** The completions of a user that count, in the order of completion. */
  ofUser: (userId: string) => Completion[]
}

/** Recounts a day from its events. Its memory grows with the tasks of that day only. */
export function recount(day: string): Recount {
  const users = new Map<string, Map<string, Completion | TakenBack>>()
  return {
    add(event) {
      const document = project(event)
      if (document?.day !== day) return
      const tasks = users.get(document.userId) ?? new Map()
      users.set(document.userId, tasks)
      if ((tasks.get(document.taskId)?.version ?? 0) < document.version) tasks.set(document.taskId, document)
    },
    users: () => [...users.keys()],
    ofUser: userId =>
      [...(users.get(userId)?.values() ?? [])].filter(document => !document.takenBack).sort(inOrder),
  }
}
