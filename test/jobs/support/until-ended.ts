import { until } from '@daybook/shared/testing'

/**
 * Waits until at most `left` jobs are open. However many there are, it goes on as long as others end.
 * @param countOpen counts the jobs that have not ended
 */
export async function untilEnded(countOpen: () => Promise<number>, left = 0): Promise<void> {
  for (let open = await countOpen(); open > left; ) {
    const before = open
    await until(`of ${before} jobs more have ended`, async () => {
      open = await countOpen()
      return open < before
    })
  }
}
