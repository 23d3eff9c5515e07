import type { BatchPlace, Park } from '@daybook/shared/dead-letters/dead-letter-store'
import type { Contract } from './contract.ts'

/** The dead letters of a process. */
interface DeadLetters {
  parkFor: (group: string) => Park
  /** The places of new letters, as they were counted. */
  parked: BatchPlace[]
}

const message = (offset: bigint, isReplay = false) => ({
  ...{ topic: 'daybook.tasks', partition: 3, offset, timestamp: 0, key: Buffer.from('k'), headers: [] },
  ...{ value: Buffer.from('{'), ...(isReplay && { isReplay }) },
})

export const deadLettersContract: Contract<DeadLetters> = (t, fresh) => {
  t.test('a message that is parked twice has one letter of its group', async t => {
    const open = await fresh()
    const [one, two] = [await open(), await open()]
    const error = new Error('no JSON')
    await one.parkFor('projection')(message(7n), error, 1)
    await two.parkFor('projection')(message(7n), error, 1)
    await two.parkFor('writers')(message(7n), error, 3)
    await two.parkFor('projection')(message(8n), error, 1)
    const place = { group: 'projection', topic: 'daybook.tasks', partition: 3 }
    t.match(one.parked, [place])
    t.match(two.parked, [{ ...place, group: 'writers' }, place])
  })

  t.test('a message of a letter that is handled again is not parked', async t => {
    const letters = await (await fresh())()
    const error = new Error('still no JSON')
    await t.rejects(letters.parkFor('projection')(message(7n, true), error, 1), error)
    t.strictSame(letters.parked, [])
  })
}
