/** Figures of one run by name; the name has the unit: `{ 'requests/s': 5000, 'p99 ms': 12 }`. */
export type Figures = Record<string, number>

/** One of the programs that do the work of a benchmark: Daybook, a reference, or a peer. */
export interface Subject {
  /** As the table prints it: 'Daybook', 'plain Fastify server', 'Celery + RabbitMQ'. */
  name: string
  /** What it does for the work, in one sentence without a full stop, for docs/benchmarks.md. */
  does?: string
  /** The versions of a peer: 'Celery 5.5.3, RabbitMQ 4.1.2'. */
  version?: string
  /** In how many rounds it takes part, from the first on; in all without it. */
  rounds?: number
  /** Does the work once. @returns the same figures on each call */
  run: () => Promise<Figures>
}

/** What Daybook must show. The goal of a subject that could not run is neither met nor missed. */
export interface Goal {
  /** The name of a figure of Daybook. */
  figure: string
  /** The name of the subject to compare with: the goal then is on the ratio of Daybook's figure to its. */
  against?: string
  atLeast?: number
  atMost?: number
}

export interface Benchmark {
  name: string
  /** One sentence. */
  work: string
  /** Each round runs every subject once, in turn. Figures and ratios are medians over the rounds. */
  rounds: number
  goals: Goal[]
  /** Runs only when its name is an argument of `npm run bench`. */
  onlyWhenNamed?: true
  /** Runs after the others, because it judges what they used. */
  last?: true
  /**
   * Prepares what is not measured.
   * @returns the subjects, Daybook first; without a peer that cannot be installed, after a report of how to install it
   */
  subjects: (bench: Bench) => Promise<Subject[]>
}

export type ServiceName = 'tasks' | 'reporting' | 'scheduler'

/** A service of Daybook that runs as a process. */
export interface BenchService {
  url: string
  pid: number
  /** Ends it as a supervisor does, with SIGTERM. Without a call, it ends with the benchmark. */
  stop: () => Promise<unknown>
}

export interface BenchKafka {
  brokers: string[]
  /** Kills the broker, as a crash does. */
  kill: () => Promise<void>
  /** Starts a killed broker again, with the same port and data. */
  restart: () => Promise<void>
}

/** What the harness gives to a benchmark. */
export interface Bench {
  /** A temporary folder of this benchmark, removed at its end. */
  dir: string
  /** Prints a line of progress to standard error. */
  report: (line: string) => void
  /** Adds what is to be done at the end of the benchmark. The last addition is done first. */
  defer: (end: () => unknown) => void
  /** @returns the count, or a twentieth of it with --quick, for a run that only shows whether the benchmark works */
  scaled: (count: number) => number
  /** The embedded Kafka of this benchmark; the first call starts it. */
  kafka: () => Promise<BenchKafka>
  /** The embedded MongoDB of this benchmark; the first call starts it. */
  mongo: () => Promise<{ uri: string }>
  /**
   * Starts a service on this benchmark's servers, with AUTH_SECRET of @daybook/shared/testing. The harness records the peak
   * of its memory when it ends.
   * @param env settings in addition to, or instead of, the ones of the harness
   */
  start: (service: ServiceName | 'gateway', env?: Record<string, string>) => Promise<BenchService>
  /** The peak memory in MB of each service in the benchmarks so far, also of former runs: the highest of its processes. */
  peaks: () => Record<string, number>
}
