/** The options for starting a Kafka or a MongoDB. */
export type ServerOptions = {
  env: NodeJS.ProcessEnv
  /**
   * The server's directory, for its data and its output. A container keeps its data itself; the directory only
   * identifies it, so that a killed container is restarted by the next start with the same directory.
   */
  dir: string
  /** The folder of downloads, which all stacks of this repository share. */
  cache: string
  /** The port to listen on; undefined or 0 chooses a free port. */
  port?: number | undefined
  /** Receives progress lines for a person: what the start waits for, what is ready and where, what has ended. */
  report: (line: string) => void
  /** An abort makes the start reject with the signal's reason and leaves nothing running. */
  signal?: AbortSignal | undefined
}

/** A server that this process has started and must end. */
export type Server = {
  port: number
  /** Stops the server, by force after a deadline; removes a container. Further calls have no effect. */
  stop(): Promise<void>
  /**
   * Kills the server as a crash would, for tests. Its data stay, and it can be started again with the same port and
   * directory. Further calls have no effect.
   */
  kill(): Promise<void>
}

export type KafkaServer = Server & { brokers: string[] }
export type MongoServer = Server & { uri: string }

/**
 * Starts servers in one way: embedded or in containers. Both functions throw SetupError when this machine cannot run
 * the server.
 */
export type ServerFactory = {
  startKafka(options: ServerOptions): Promise<KafkaServer>
  startMongo(options: ServerOptions): Promise<MongoServer>
}
