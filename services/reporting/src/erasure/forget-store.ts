import { eraseLetters } from '@daybook/shared/dead-letters/erase-letters-store'
import { topics } from '@daybook/shared/events'
import { lateRequestTopic, logRequestTopic } from '../logs/log-requests.ts'
import { rerunDayModel } from '../reruns/rerun-model.ts'

/**
 * Makes the function that erases the text of a user from dead letters and from the failures of reruns: the error of a file contains
 * its name, and with it a part of the name of a task.
 */
export const forgetWith =
  (connection: Parameters<typeof eraseLetters>[0]) =>
  async (userId: string): Promise<void> => {
    await eraseLetters(connection, userId, [topics.tasks.name, logRequestTopic.name, lateRequestTopic.name])
    const error = { 'result.failures.$[of].error': '(erased)' }
    const options = { arrayFilters: [{ 'of.userId': userId }] }
    await rerunDayModel(connection).updateMany({ 'result.failures.userId': userId }, { $set: error }, options)
  }
