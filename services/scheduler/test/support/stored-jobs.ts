import { type FinalState, finalStates, type Job, rankOf } from '../../src/jobs/stored/job.ts'

const addedAt = new Date('2026-11-22T12:00:00Z')

/** A stored job, with the fields that its state needs. */
export function storedJob(_id: string, fields: Partial<Job> = {}): Job {
  const { state = 'ready', priority = 3, dueAt = addedAt, attempt = 0 } = fields
  const inHand = state === 'sent' || state === 'running'
  return {
    _id,
    kind: 'send-invoice',
    lane: 'default',
    data: '{"invoice":4711}',
    owner: 'alice',
    priority,
    rank: rankOf(dueAt, priority),
    state,
    addedAt,
    dueAt,
    attempt: inHand ? Math.max(1, attempt) : attempt,
    failures: 0,
    crashes: 0,
    ...(inHand ? { worker: 'a5d1c6b4-27f2-4a43-a02e-7f1d4c8a2f10', sentAt: addedAt, startBy: addedAt } : {}),
    ...(state === 'running' ? { startedAt: addedAt } : {}),
    ...(isFinal(state) ? { finishedAt: addedAt, removeAt: new Date('2026-12-22T12:00:00Z') } : {}),
    ...fields,
  }
}

const isFinal = (state: Job['state']): state is FinalState =>
  (finalStates as readonly string[]).includes(state)
