import { BULLMQ, CELERY_RABBITMQ, CELERY_REDIS, openDays, PLAIN } from '../days/open-days.ts'
import type { Benchmark } from '../harness/benchmark.ts'

export const benchmark: Benchmark = {
  name: 'end-of-day',
  work: 'The user logs of a day with 10,000 users and 20 tasks of each, from EndOfDay to DayReported. All programs must write the same bytes.',
  rounds: 3,
  goals: [
    { figure: 'seconds', against: PLAIN, atMost: 1.3 },
    { figure: 'users/s', against: CELERY_REDIS, atLeast: 6 },
    { figure: 'users/s', against: CELERY_RABBITMQ, atLeast: 6 },
    { figure: 'users/s', against: BULLMQ, atLeast: 2.5 },
  ],
  async subjects(bench) {
    const days = await openDays(bench, false)
    const figures = (seconds: number) => ({ seconds, 'users/s': days.users / seconds })
    return [
      { name: 'Daybook', run: async () => figures(await days.daybook(1)) },
      {
        name: PLAIN,
        does: 'reads the completions once in the order of users, and writes, flushes and renames every file, 64 at once',
        run: async () => figures(await days.plain()),
      },
      ...days.peers.map(({ seconds, ...peer }) => ({
        ...peer,
        rounds: 2,
        run: async () => figures(await seconds()),
      })),
    ]
  },
}
