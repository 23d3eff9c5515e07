// Gives a program that has no IPC channel, such as Kafka's JVM, the protocol that startChild expects:
// `node ipc-wrapper.ts <ready text> <command> [args…]` sends "ready" to its parent when the program has printed the
// text, and stops the program when the parent closes the channel or dies.
import { spawn } from 'node:child_process'

const [readyText = '', command = '', ...args] = process.argv.slice(2)
const STOP_DEADLINE_MS = 10_000
const INHERITED_GROUP_PIPE = 4

const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit', 'ignore', INHERITED_GROUP_PIPE] })

let startOutput: string | undefined = ''
child.stdout?.on('data', (chunk: Buffer) => {
  process.stdout.write(chunk)
  if (startOutput === undefined) return
  startOutput += chunk.toString()
  if (!startOutput.includes(readyText)) return
  startOutput = undefined
  if (process.connected) process.send?.('ready')
})

const stop = () => {
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS).unref()
}
process.once('disconnect', stop)
process.once('SIGTERM', stop)

child.once('error', error => {
  console.error(error.message)
  process.exit(1)
})
child.once('close', code => process.exit(code ?? 1))
