import { SetupError } from '../processes/setup-error.ts'

/**
 * Prints on standard error why a command of the local stack failed. A problem that a person can solve (a SetupError or
 * an error of the system) is its message alone; any other error is a bug and is printed with its stack trace.
 * @returns the exit code of the command
 */
export function printFailure(error: unknown): number {
  const solvable = error instanceof SetupError || (error as NodeJS.ErrnoException).syscall !== undefined
  console.error(solvable ? (error as Error).message : error)
  return error instanceof SetupError ? error.exitCode : 1
}
