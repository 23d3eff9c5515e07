/** What a person typed to find a task. */
export type Wanted = { task: string } | { trace: string } | { name: string } | undefined

const TASK = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
// The header traceparent has the id of its trace as its second part.
const TRACE = /^(?:[0-9a-f]{2}-)?([0-9a-f]{32})(?:-.*)?$/

/** Tells the id of a task, also that in the id of an event, and the id of a trace from a name. */
export function wantedOf(text: string): Wanted {
  const given = text.trim()
  if (given === '') return undefined
  const [first = ''] = given.toLowerCase().split(':')
  if (TASK.test(first)) return { task: first }
  const trace = TRACE.exec(given.toLowerCase())?.[1]
  return trace === undefined ? { name: given } : { trace }
}
