import type { JobSystem } from './job-system.ts'

/** How many jobs were added. */
export interface Load {
  jobs: number
  /** How many of them have a continuation. */
  continuations: number
}

const KEYS = 20
const BATCH = 200

/**
 * Adds jobs of the kinds `plain`, `limited` and `keyed` in batches. Some fail at first, and some have a continuation.
 * @param count a multiple of 200
 * @param random returns an integer below its argument
 */
export async function addJobs(
  { api }: Pick<JobSystem, 'api'>,
  count: number,
  random: (limit: number) => number,
): Promise<Load> {
  const load: Load = { jobs: 0, continuations: 0 }
  while (load.jobs < count) {
    const jobs = Array.from({ length: BATCH }, (_, i) => request(load.jobs + i, random))
    const { status, body } = await api('/jobs/batch', { body: { jobs } })
    if (status !== 202) throw new Error(`the batch is refused: ${JSON.stringify(body)}`)
    load.jobs += jobs.length
    load.continuations += jobs.filter(job => 'then' in job).length
  }
  return load
}

function request(number: number, random: (limit: number) => number) {
  const kind = number % 20 === 0 ? 'limited' : number % 3 === 0 ? 'keyed' : 'plain'
  const failures = random(10) === 0 ? 1 + random(2) : 0
  return {
    kind,
    data: { invoice: number, failures, takes: 1 + random(60) },
    ...(kind === 'keyed' && { key: `customer-${random(KEYS)}` }),
    ...(number % 50 === 1 && { then: { kind: 'plain', on: 'finish', data: { invoice: number } } }),
  }
}
