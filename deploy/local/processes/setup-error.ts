/**
 * Something on the machine that the person who starts the stack has to install or change. The message says what, and
 * is all there is to show: a program prints it without a stack and exits with `exitCode`.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly code = 'DAYBOOK_LOCAL_SETUP'
  readonly exitCode = 1
}
