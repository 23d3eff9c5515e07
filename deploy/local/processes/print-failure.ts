import { SetupError } from './setup-error.ts'

/**
 * Says on standard error why a program of the local stack ends: what a person can mend in one message, and a fault of
 * ours with its stack.
 * @returns the exit code
 */
export function printFailure(error: unknown): number {
  const mendable = error instanceof SetupError || (error as NodeJS.ErrnoException).syscall !== undefined
  console.error(mendable ? (error as Error).message : error)
  return error instanceof SetupError ? error.exitCode : 1
}
