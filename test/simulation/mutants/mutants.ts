/** A bug that is inserted into a source file when it is loaded. */
export interface Mutant {
  name: string
  /** The first seed that finds it, as `npm run simulate -- --mutants` prints it. */
  foundBy: number
  /** The end of the file's path. */
  file: string
  /** Texts that the file contains, each with the text that takes its place. */
  changes: { find: string; replace: string }[]
}

/** Bugs that the oracle has to find: each breaks one order of steps, or one guard, on which a guarantee depends. */
export const mutants: readonly Mutant[] = [
  {
    name: 'the barrier is one offset too early',
    foundBy: 4,
    file: '/shared/src/kafka/offsets.ts',
    changes: [{ find: '?? -1n) >= end)', replace: '?? -1n) >= end - 1n)' }],
  },
  {
    name: 'late completions are looked for before the write',
    foundBy: 3268,
    file: '/services/reporting/src/projection/projector.ts',
    changes: [
      {
        find: 'await write(changes.map(({ document }) => document))',
        replace: 'await amendClosed(changes.map(({ userDay }) => userDay))',
      },
      {
        find: 'await heartbeat()\n        await amendClosed(changes.map(({ userDay }) => userDay))',
        replace: 'await heartbeat()\n        await write(changes.map(({ document }) => document))',
      },
    ],
  },
  {
    name: 'a lease counts as a fence',
    foundBy: 173,
    // The check of a step is an operation of the store, which is in memory here.
    file: '/test/simulation/ports/reporting/runs.ts',
    changes: [
      {
        find: 'runs.update(read._id, asRead(read), ',
        replace: "runs.update(read._id, read.state === 'writing' ? () => true : asRead(read), ",
      },
    ],
  },
  {
    name: 'events are marked before they are published',
    foundBy: 7,
    file: '/shared/src/outbox/relay.ts',
    changes: [
      {
        find: "await waitOut('publishing events', () => outbox.publish(events), waiting)",
        replace: "await waitOut('marking events', () => outbox.markPublished(events), waiting)",
      },
      {
        find: "await waitOut('marking events as published', () => outbox.markPublished(events), waiting)",
        replace: "await waitOut('publishing events again', () => outbox.publish(events), waiting)",
      },
    ],
  },
  {
    name: 'users are listed before the run is writing',
    foundBy: 1225,
    file: '/services/reporting/src/runs/run-steps.ts',
    changes: [
      {
        find: 'return runs.startWriting(run)',
        replace: `const users = await Array.fromAsync(deps.completions.users(run.day, run.timeZone))
  ;((globalThis as any).listed ??= new Map()).set(run._id, users)
  return runs.startWriting(run)`,
      },
      {
        find: 'completions.users(day, timeZone)',
        replace: `((globalThis as any).listed?.get(\`\${day}@\${timeZone}\`) ?? completions.users(day, timeZone))`,
      },
    ],
  },
]
