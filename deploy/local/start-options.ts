/** What an embedded server is started with. */
export type StartOptions = {
  env: NodeJS.ProcessEnv
  /** Where its data, and its log, are kept. */
  dir: string
  /** Where downloads are kept, for every stack that is started from here. */
  cache: string
  /** Undefined or 0: a free one. */
  port?: number | undefined
  /** Takes lines for a person: what is being waited for, what is ready and where, what ended. */
  report: (line: string) => void
  /** Aborted: the start ends with the signal's reason, and nothing is left running. */
  signal?: AbortSignal | undefined
}

/** A server that was started here and is ours to end. */
export type Embedded = {
  port: number
  /** Ends it in order, and by force after a while. Called again, it does no more. */
  stop(): Promise<void>
  /** Ends it as a crash would. A test can then start it again with the same port and directory. */
  kill(): Promise<void>
}
