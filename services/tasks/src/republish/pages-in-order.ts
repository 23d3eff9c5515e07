import type { IdPage } from '../events/stored-ids-store.ts'
import { eventId, taskOfEvent } from '../task.ts'

/**
 * Puts the ids of events into the order in which they are published: those of each task by sequence. It needs the memory of one
 * page and of the sequences of one task.
 * @param next returns the page after a place, see `StoredIds`
 * @returns the ids in pages of at most `limit`. Ids that are not of an event are left out
 */
export async function* pagesInOrder(
  next: (after: string) => Promise<IdPage>,
  limit: number,
): AsyncGenerator<string[]> {
  let [taskId, sequences]: [string, number[]] = ['', []]
  const ready: string[] = []
  const close = () => {
    for (const sequence of sequences.sort((a, b) => a - b)) ready.push(eventId(taskId, sequence))
  }
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: IdPage = await next(after)
    for (const id of page.ids) {
      const event = taskOfEvent(id)
      if (event === undefined) continue
      if (event.taskId !== taskId) {
        close()
        ;[taskId, sequences] = [event.taskId, []]
      }
      sequences.push(event.sequence)
    }
    while (ready.length >= limit) yield ready.splice(0, limit)
    after = page.through
  }
  close()
  while (ready.length > 0) yield ready.splice(0, limit)
}
