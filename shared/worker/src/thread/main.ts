// The thread of a worker that talks to Kafka.
import { parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { kafkaConnection } from '../../../src/config/kafka-settings.ts'
import { connectKafka, type RunningConsumer } from '../../../src/kafka/index.ts'
import { batched } from './batched.ts'
import type { FromThread, ThreadData, ToThread } from './messages.ts'
import { makeProgram } from './program.ts'
import { startReading } from './reading.ts'
import { receiveFrom } from './receive.ts'
import { stopWork } from './stopping.ts'

/** The longest time in milliseconds that the main thread may take to end the process. */
const MAIN_ENDS_MS = 1000

const port = parentPort
if (port === null)
  throw new Error('This module is the entry of a thread: start a worker with worker().start()')
const data = workerData as ThreadData
const log = pino({ name: data.name, level: data.logLevel }, pino.destination({ sync: true }))
const { send: toMain } = batched<FromThread>(messages => port.postMessage(messages))
// An uncaught error ends the thread, and then the main thread ends the process.
const fail = (error: Error) => {
  setImmediate(() => {
    throw error
  })
}
const stopping = new AbortController()
const hurry = Promise.withResolvers<void>()
// Until Kafka is connected, there is nothing to report.
let stop = async () => {}
let receive = (_: ToThread) => {}

/** Stops in peace the first time, and at once the second time. The process ends with `code`. */
function askToStop(code: number): void {
  if (stopping.signal.aborted) {
    hurry.resolve()
    return
  }
  stopping.abort()
  stop().then(() => endProcess(code), fail)
}

/** Lets the main thread end the process. If a handler blocks it, only a signal can. */
function endProcess(code: number): void {
  toMain({ type: 'stopped', code })
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), MAIN_ENDS_MS)
}

async function start(): Promise<void> {
  const connection = { ...kafkaConnection(data.kafka), service: 'worker', signal: stopping.signal }
  // The scheduler creates the topics, because it knows how often the brokers are to store them.
  const kafka = await connectKafka({ ...connection, topics: [], log, onCrash: fail })
  const program = makeProgram({ kafka, data, toMain, log, fail })
  const consumers: RunningConsumer[] = []
  const stopReading = async () => void (await Promise.all(consumers.map(consumer => consumer.stop())))
  const { stopTimeout, graceTime } = data
  stop = () => stopWork({ ...program, stopReading, hurry: hurry.promise, stopTimeout, graceTime })
  const onStuck = () => {
    askToStop(1)
    hurry.resolve()
  }
  receive = receiveFrom(program, { toMain, onStuck, graceTime, log })
  log.info({ worker: program.identity.worker, lanes: data.lanes, kinds: data.kinds }, 'working')
  await startReading(program, consumers, { kafka, lanes: data.lanes, signal: stopping.signal, log })
}

port.on('message', (messages: ToThread[]) => {
  for (const message of messages)
    if (message.type === 'stop') askToStop(0)
    else receive(message)
})
start().catch(error => {
  if (!stopping.signal.aborted) fail(error)
})
