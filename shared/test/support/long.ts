/** Whether `npm run test:long` runs: tests that are larger in it choose their size by this. */
export const LONG = process.env.LONG === 'true'
