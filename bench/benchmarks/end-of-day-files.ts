import { CELERY_RABBITMQ, CELERY_REDIS, openDays, PLAIN } from '../days/open-days.ts'
import type { Benchmark } from '../harness/benchmark.ts'

const TWO = 'seconds with two processes'

export const benchmark: Benchmark = {
  name: 'end-of-day-files',
  work: 'The same as end-of-day, with a file for each of the 200,000 tasks. All programs must write the same bytes.',
  rounds: 2,
  goals: [
    { figure: 'seconds', against: PLAIN, atMost: 1.2 },
    { figure: TWO, against: PLAIN, atMost: 0.75 },
    { figure: 'users/s', against: CELERY_REDIS, atLeast: 2.5 },
    { figure: 'users/s', against: CELERY_RABBITMQ, atLeast: 2.5 },
  ],
  async subjects(bench) {
    const days = await openDays(bench, true)
    const figures = (seconds: number) => ({ seconds, 'users/s': days.users / seconds })
    return [
      {
        name: 'Daybook',
        async run() {
          const one = await days.daybook(1)
          return { ...figures(one), [TWO]: await days.daybook(2) }
        },
      },
      {
        name: PLAIN,
        does: 'reads the completions once in the order of users, writes the files one after the other, flushes each 20,000 of them with one `sync`, and renames them; it is one process in either comparison',
        async run() {
          const seconds = await days.plain()
          return { ...figures(seconds), [TWO]: seconds }
        },
      },
      ...days.peers.map(({ seconds, ...peer }) => ({
        ...peer,
        // One more round would take longer than everything else.
        rounds: 1,
        run: async () => figures(await seconds()),
      })),
    ]
  },
}
