import { DaybookError } from '@daybook/shared/failures/errors'
import type { HandleCommand } from '../../../services/tasks/src/commands/handle-command.ts'
import type { Command } from '../../../services/tasks/src/decide.ts'
import type { Task } from '../../../services/tasks/src/task.ts'
import type { Process, World } from '../world/world.ts'
import type { Step } from './draw-story.ts'

/** A command, and what its user knows of its outcome. */
export interface Asked {
  type: Command['type']
  taskId: string
  userId: string
  /** Set when the command was answered: the task after it, and when. */
  answer?: { task: Task; at: number }
}

/** The users of a simulation, who call any process of tasks. */
export interface Users {
  act: (step: Step) => void
  /** A process of tasks is ready for commands. */
  serve: (process: Process, handle: HandleCommand) => void
  /** All commands that were sent. */
  asked: readonly Asked[]
  /** Whether a user waits for an answer. */
  areWaiting: () => boolean
}

const [LIMIT_MS, RETRY_MS, ATTEMPTS] = [15_000, 700, 3]

const details = { notes: null, dueOn: null, tags: [] }

/** A UUIDv7, the same one for the same number. */
const idOf = (task: number) => `019aa000-0000-7000-8000-${String(task).padStart(12, '0')}`

export function makeUsers({ time, random, trace }: World): Users {
  const serving = new Map<Process, HandleCommand>()
  const asked: Asked[] = []
  const created = new Set<number>()
  let waiting = 0

  /** Sends a command once. @returns undefined if it is not known what became of it; then the user may send it again */
  async function send(command: Command, one: Asked): Promise<'answered' | 'refused' | undefined> {
    const alive = [...serving].filter(([process]) => process.alive)
    if (alive.length === 0) return undefined
    const [process, handle] = random.pick(alive)
    const limit = new Promise<undefined>(resolve => time.after(LIMIT_MS, () => resolve(undefined)))
    const answer = time.as(process, () => handle(command, TRACE))
    try {
      const task = await Promise.race([answer, limit])
      if (task === undefined) return undefined
      one.answer = { task, at: time.wall() }
      return 'answered'
    } catch (error) {
      return error instanceof DaybookError ? 'refused' : undefined
    }
  }

  async function ask(behind: number, command: (now: Date) => Command): Promise<boolean> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const sent = command(new Date(time.wall() - behind))
      const one: Asked = { type: sent.type, taskId: sent.taskId, userId: sent.userId }
      asked.push(one)
      const outcome = await send(sent, one)
      trace.note(time.wall(), sent.userId, `${sent.type} ${sent.taskId.slice(-3)}: ${outcome ?? 'unknown'}`)
      if (outcome !== undefined) return outcome === 'answered'
      await time.sleep(RETRY_MS)
    }
    return false
  }

  async function act({ user: userId, task, type, timeZone, behind }: Step): Promise<void> {
    const of = { taskId: idOf(task), userId }
    if (!created.has(task)) {
      created.add(task)
      const name = `task ${task}`
      if (!(await ask(behind, now => ({ ...of, now, type: 'create', details: { ...details, name } })))) return
    }
    if (type === 'complete') await ask(behind, now => ({ ...of, now, type, timeZone }))
    else if (type === 'edit')
      await ask(behind, now => ({ ...of, now, type, changes: { name: `task ${task} at ${now.getTime()}` } }))
    else await ask(behind, now => ({ ...of, now, type }))
  }

  return {
    act(step) {
      waiting += 1
      void act(step).finally(() => {
        waiting -= 1
      })
    },
    serve: (process, handle) => void serving.set(process, handle),
    asked,
    areWaiting: () => waiting > 0,
  }
}

const TRACE = '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01'
