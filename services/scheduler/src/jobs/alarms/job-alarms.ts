import type { Alarm, AlarmSource } from '@daybook/shared/incidents/alarm'
import type { Kinds } from '../kinds/kind-store.ts'
import type { Admission } from '../limits/open-admission.ts'
import { openAmong, type WaitingLane, waitingLanes } from '../metrics/oldest-due.ts'
import { workersOfLane } from '../queries/workers-of-lane-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'

interface Options {
  kinds: Pick<Kinds, 'getMany'>
  admission: Pick<Admission, 'failing'>
  /** The length of a lease, in milliseconds. */
  leaseMs: number
}

type Base = Pick<JobsBase, 'jobs' | 'workers' | 'now' | 'brokerClock'>

// A worker that starts needs some seconds for its lanes.
const WITHOUT_WORKER_MS = 60_000

/** What keeps jobs from running, as alarms: failing kinds, and lanes whose jobs no worker takes. */
export const jobAlarms = (base: Base, options: Options): AlarmSource[] => [
  failingKinds(options),
  untakenLanes(base, options),
]

const failingKinds = ({ kinds, admission }: Options): AlarmSource => ({
  kind: 'kind-failing',
  async find() {
    const failing = [...(await admission.failing())]
    const found = failing.filter(await openAmong(kinds, failing))
    return found.map(kind => ({
      severity: 'critical',
      count: 1,
      problem: `The last attempts of the kind ${kind} all failed, so that one attempt at a time is sent until one succeeds`,
      remedy: `Read the errors of its jobs, which wait for another attempt: GET /jobs?kind=${kind}&state=waiting. It goes on by itself after a success.`,
      references: [{ type: 'kind', id: kind }],
    }))
  },
})

/** Lanes with jobs that are due and that no worker takes. */
function untakenLanes(base: Base, { kinds, leaseMs }: Options): AlarmSource {
  async function ofLane({ lane, dueAt, kinds: names }: WaitingLane): Promise<Alarm[]> {
    // Before this process has seen the broker's time, MongoDB's is close enough.
    const aliveSince = (base.brokerClock.now() ?? base.now().getTime()) - leaseMs
    const asked = names.map(async kind => ({
      kind,
      ...(await workersOfLane(base.workers, { lane, kind }, aliveSince)),
    }))
    const found = await Promise.all(asked)
    const untaken = found.filter(({ workers, knowing }) => workers === 0 || knowing === 0)
    if (untaken.length === 0) return []
    const isUnread = found.every(({ workers }) => workers === 0)
    return [
      { severity: 'critical', since: dueAt, count: untaken.length, ...untakenWords(lane, untaken, isUnread) },
    ]
  }
  return {
    kind: 'lane-without-worker',
    async find() {
      const before = base.now().getTime() - WITHOUT_WORKER_MS
      const late = (await waitingLanes(base, kinds)).filter(({ dueAt }) => dueAt.getTime() < before)
      return (await Promise.all(late.map(ofLane))).flat()
    },
  }
}

function untakenWords(
  lane: string,
  untaken: readonly { kind: string }[],
  isUnread: boolean,
): Pick<Alarm, 'problem' | 'remedy' | 'references'> {
  const names = untaken.map(({ kind }) => kind)
  const jobs = `jobs of ${names.join(', ')} wait`
  const problem = isUnread
    ? `No worker reads the lane ${lane}, and ${jobs}`
    : `No worker of the lane ${lane} has a handler for these kinds, and ${jobs}`
  const remedy = `Start a worker that reads the lane ${lane} and handles ${names.join(', ')}: docs/jobs.md. GET /workers lists the workers.`
  return {
    problem,
    remedy,
    references: [
      { type: 'lane', id: lane },
      ...names.slice(0, 19).map(id => ({ type: 'kind' as const, id })),
    ],
  }
}
