import { commandsBeside } from '../growth/commands.ts'
import { costOfUsers } from '../growth/days.ts'
import { jobsBeside } from '../growth/jobs.ts'
import type { Benchmark, Figures } from '../harness/benchmark.ts'

const USERS = [
  { users: 1000, runs: 5 },
  { users: 10_000, runs: 3 },
  { users: 100_000, runs: 1 },
]
const EVENTS = 10_000_000
const JOBS = 1_000_000
const MOST = 1.2

export const benchmark: Benchmark = {
  name: 'grow',
  work: 'How the cost of one user, command or job grows: of a user when a day with 10,000 and 100,000 users of 20 tasks ends instead of 1,000, of a command beside 10,000,000 events instead of few, and of a tiny job beside 1,000,000 jobs for tomorrow instead of none. 1 is no growth.',
  rounds: 1,
  onlyWhenNamed: true,
  goals: ['10 times the users', '100 times the users', 'many events', 'many jobs'].map(figure => ({
    figure,
    atMost: MOST,
  })),
  async subjects(bench) {
    const run = async (): Promise<Figures> => {
      const sizes = USERS.map(({ users, runs }) => ({ users: bench.scaled(users), runs }))
      const [small = Number.NaN, ten = Number.NaN, hundred = Number.NaN] = await costOfUsers(bench, sizes)
      const jobs = await jobsBeside(bench, bench.scaled(JOBS))
      const commands = await commandsBeside(bench, bench.scaled(EVENTS))
      return {
        'us of a user': small,
        '10 times the users': ten / small,
        '100 times the users': hundred / small,
        'commands/s': commands.few,
        'many events': commands.few / commands.many,
        'jobs/s': jobs.few,
        'many jobs': jobs.few / jobs.many,
      }
    }
    return [{ name: 'Daybook', run }]
  },
}
