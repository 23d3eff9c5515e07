import type { TaskEventOf } from '@daybook/shared/events'
import mongoose from 'mongoose'

/** The completions of the benchmarks of days: the same count for every user, in the order of time. */

export const DAY = '2026-03-14'
export const TIME_ZONE = 'Europe/Berlin'

type Completed = TaskEventOf<'TaskCompleted'>['data']

const BATCH = 1000
const HOUR = 3_600_000
const NAMES = [
  'Water the plants',
  'Buy bread, milk & 2 kg of apples',
  'Écrire à Zoë',
  'Call the dentist: 9:30',
  'Read "Middlemarch"',
  'Läufe planen (5 km)',
  'Path \\ of the old backups',
  '買い物',
]

/** The completion with a number: those of one hour are of `user-00000`, `user-00001` … in turn. */
export function completion(number: number, users: number): Completed {
  const [hour, user] = [Math.floor(number / users), number % users]
  return {
    taskId: `0199a0b0-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
    userId: `user-${String(user).padStart(5, '0')}`,
    sequence: 2,
    name: NAMES[(user + hour) % NAMES.length] as string,
    notes: hour % 3 === 0 ? 'The ones on the balcony twice' : null,
    dueOn: hour % 4 === 0 ? '2026-03-15' : null,
    tags: hour % 2 === 0 ? ['home', 'garden'] : [],
    completedAt: new Date(Date.parse(DAY) + hour * HOUR + ((user * 37) % HOUR)).toISOString(),
    timeZone: TIME_ZONE,
    day: DAY,
  }
}

/** Completions `from` to `to` (exclusive), in batches. */
export function* completions(users: number, from: number, to: number): Generator<Completed[]> {
  for (let at = from; at < to; at += BATCH)
    yield Array.from({ length: Math.min(BATCH, to - at) }, (_, i) => completion(at + i, users))
}

/** Stores completions as reporting's projector does, with the indexes of the projection. */
export async function fillProjection(uri: string, database: string, batches: Iterable<Completed[]>) {
  const client = await new mongoose.mongo.MongoClient(uri).connect()
  const projection = client.db(database).collection<{ _id: string }>('completions')
  for (const batch of batches) {
    const documents = batch.map(({ sequence: version, ...data }) => {
      return { _id: `${data.day}:${data.taskId}`, version, takenBack: false, ...data }
    })
    await projection.insertMany(documents, { ordered: false })
  }
  await projection.createIndex({ userId: 1, day: 1 }, { name: "a user's day" })
  await projection.createIndex({ day: 1, timeZone: 1, userId: 1, takenBack: 1 }, { name: 'users of a day' })
  await client.close()
}
