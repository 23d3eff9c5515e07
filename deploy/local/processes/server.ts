/** What a Kafka or a MongoDB is started with. */
export type ServerOptions = {
  env: NodeJS.ProcessEnv
  /** Where its data, and its log, are kept; a container keeps them itself, for whoever starts one here again. */
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
export type Server = {
  port: number
  /** Ends it in order, and by force after a while; of a container nothing is left. Called again, it does no more. */
  stop(): Promise<void>
  /** Ends it as a crash would; called again, it does no more. A test can then start it again with the same port and directory. */
  kill(): Promise<void>
}

export type KafkaServer = Server & { brokers: string[] }
export type MongoServer = Server & { uri: string }

/** One way to start them. Rejects with a SetupError, leaving nothing running, when the machine is not fit for it. */
export type ServerFactory = {
  startKafka(options: ServerOptions): Promise<KafkaServer>
  startMongo(options: ServerOptions): Promise<MongoServer>
}
