import mongoose, { type Connection } from 'mongoose'
import { erasedText, eventReader, type TaskEvent, taskEvents, topics } from '../events/index.ts'
import { driverCollection } from '../mongo/model.ts'
import { type DeadLetter, letterModel } from './dead-letter-model.ts'
import { type LetterContents, openLetterContents } from './letter-content-store.ts'

const { Binary } = mongoose.mongo
const read = eventReader<TaskEvent>(taskEvents)

/**
 * Erases the text of a user's tasks from dead letters. The letters stay: events without text can still be handled. A record of
 * daybook.tasks that cannot be read loses its whole value. Errors lose their texts and faults, because they may quote it.
 * @param ofTopics whose letters are erased. Their records have the user's id as their key
 */
export async function eraseLetters(
  connection: Connection,
  userId: string,
  ofTopics: string[],
): Promise<void> {
  const letters = driverCollection(letterModel(connection))
  const contents = openLetterContents(connection)
  const key = Buffer.from(userId)
  // Letters of earlier versions have a text.
  const filter = { key: { $in: [new Binary(key), userId] }, topic: { $in: ofTopics } }
  for await (const letter of letters.find(filter)) {
    const content = letter.topic === topics.tasks.name ? await withoutText(letter, contents) : undefined
    const stored = content && (await contents.store(letter._id, content))
    const error = { 'error.message': '(erased)', 'error.stack': null }
    const isSmaller = letter.chunks !== undefined && stored !== undefined && stored.chunks === undefined
    const update = {
      $set: { ...error, ...stored },
      $unset: { 'error.faults': '' as const, ...(isSmaller ? { chunks: '' as const } : {}) },
    }
    await letters.updateOne({ _id: letter._id }, update)
    if (isSmaller) await contents.remove([letter])
  }
}

async function withoutText(letter: DeadLetter, contents: LetterContents) {
  const { key, headers, value } = await contents.read(letter)
  const reading = read({ headers, value })
  // Not a task event that reporting would handle, or none that anybody can: nothing of it is known.
  if (reading.status !== 'event') return { key, headers, value: Buffer.from('(erased)') }
  const { data } = reading.event
  const erased = 'name' in data ? { ...data, ...erasedText() } : data
  return { key, headers, value: Buffer.from(JSON.stringify(withoutChanges(erased))) }
}

function withoutChanges<Data extends object>(data: Data): Data {
  if (!('changes' in data)) return data
  const changes = data.changes as object
  const left = Object.fromEntries(Object.entries(erasedText()).filter(([field]) => field in changes))
  return { ...data, changes: { ...changes, ...left } }
}
