/** Returns milliseconds that only grow. All threads of the process have the same clock. */
export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n) / 1000
