import { randomUUID } from 'node:crypto'
import kafkajs, { type Message, type Transaction } from 'kafkajs'
import type { Test } from 'tap'
import type { Stack } from './stack.ts'

/** The work in a transaction. A text is sent under the key `k`. The work may commit or abort the transaction. */
type Work = (
  send: (...messages: (string | Message)[]) => Promise<unknown>,
  transaction: Transaction,
) => Promise<void>

/** Does work in a new transaction. @returns the transaction, which is open unless the work ended it */
export type Transact = (work: Work) => Promise<Transaction>

/** Connects a transactional producer of a topic, as another team may use one. */
export async function transactionsOn(
  t: Test,
  { brokers, prefix }: Pick<Stack, 'brokers' | 'prefix'>,
  topic: string,
): Promise<Transact> {
  const client = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
  const transactionalId = randomUUID()
  const producer = client.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  t.teardown(() => producer.disconnect())
  return async work => {
    const transaction = await producer.transaction()
    const asMessage = (message: string | Message) =>
      typeof message === 'string' ? { key: 'k', value: message } : message
    const send = (...messages: (string | Message)[]) =>
      transaction.send({ topic: prefix + topic, messages: messages.map(asMessage) })
    await work(send, transaction)
    return transaction
  }
}
