import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { spawnProgram } from '@daybook/shared/testing'
import type { Test } from 'tap'

/** A worker that runs as a process. */
export interface RunningWorker {
  pid: number
  /** Sends a signal and resolves with the exit code or the signal when the process has ended. */
  end: (signal: NodeJS.Signals) => Promise<number | string>
}

export type StartWorker = (t: Test, env: Record<string, string>) => RunningWorker

/** Starts the worker in TypeScript. */
export const startTypeScriptWorker: StartWorker = (t, env) => {
  const { process: child, end } = spawnProgram(t, join(import.meta.dirname, 'invoice-worker.ts'), { env })
  drain(t, child)
  return { pid: child.pid as number, end }
}

/**
 * Makes the function that starts the worker in Python.
 * @param python the interpreter, which has the packages of examples/workers/python/requirements.txt
 */
export const startPythonWorker =
  (python: string): StartWorker =>
  (t, env) => {
    const child = spawn(python, ['-u', join(import.meta.dirname, 'invoice_worker.py')], {
      env: {
        PATH: process.env.PATH,
        EXAMPLE: join(import.meta.dirname, '../../../examples/workers/python'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const gone = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
    const end = (signal: NodeJS.Signals) => {
      child.kill(signal)
      return gone
    }
    t.teardown(() => end('SIGKILL'))
    drain(t, child)
    return { pid: child.pid as number, end }
  }

/** Reads what a worker prints: a full pipe would stop it. */
function drain(t: Test, child: Pick<ChildProcess, 'stdout' | 'stderr'>): void {
  child.stdout?.on('data', text => {
    for (const line of String(text).split('\n')) if (/"level":[56]0/.test(line)) t.comment(line)
  })
  child.stderr?.on('data', text => t.comment(String(text).trimEnd()))
}
