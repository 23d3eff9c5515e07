import type { Connection } from 'mongoose'
import type { Logger } from 'pino'

/** Returns the time of MongoDB's clock. */
export type StoreClock = () => Date

// The clocks of two machines drift apart by less than a millisecond in this time.
const ASK_EVERY_MS = 10_000

/**
 * Opens the clock by which all schedulers decide when a job is due, however wrong the clocks of their machines are: MongoDB's.
 * Between two questions it goes on by the elapsed time of this process.
 * @throws an outage, if MongoDB does not answer at the start; later the clock goes on without an answer
 */
export async function openStoreClock(
  connection: Connection,
  log: Pick<Logger, 'warn'>,
): Promise<{ now: StoreClock; stop: () => void }> {
  let offset = await askOffset(connection)
  const ask = async () => {
    try {
      offset = await askOffset(connection)
    } catch (error) {
      log.warn({ err: error }, "MongoDB does not tell its time: its clock is continued by this process's")
    }
  }
  const timer = setInterval(() => void ask(), ASK_EVERY_MS)
  timer.unref()
  return {
    now: () => new Date(Math.round(performance.now() + offset)),
    stop: () => clearInterval(timer),
  }
}

async function askOffset(connection: Connection): Promise<number> {
  const asked = performance.now()
  const asking = connection
    .getClient()
    .db(connection.name)
    .aggregate<{ now: Date }>([{ $documents: [{}] }, { $set: { now: '$$NOW' } }])
  const [answer] = await asking.toArray()
  return Number(answer?.now) - (asked + performance.now()) / 2
}
