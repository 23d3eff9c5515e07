/**
 * A problem that the person who starts the stack must solve: something to install, or a setting to change. The message
 * says what is wrong and what to do. A program prints only the message, without a stack trace, and exits with `exitCode`.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly code = 'DAYBOOK_LOCAL_SETUP'
  readonly exitCode = 1
}
