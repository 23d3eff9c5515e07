import { useRef, useState } from 'preact/hooks'
import { go } from '../address/address.ts'
import { schedulerApi } from '../api/services.ts'
import { type Command, useCommand } from '../elements/use-command.ts'
import { asRead, type Schedule } from './definition/schedule.ts'

/** What is asked before it is done. */
export interface Asked {
  action: 'fire' | 'delete'
  schedule: Schedule
}

/** The commands on schedules of operators. */
export interface Actions {
  command: Command
  /** Pauses or resumes a schedule. */
  toggle: (schedule: Schedule) => Promise<void>
  asked: Asked | undefined
  /** Shows a dialog that asks; undefined closes it. */
  ask: (asked: Asked | undefined) => void
  /** Does what was asked. */
  confirm: (asked: Asked) => Promise<void>
  /** What the last command did, in words, and the job that it added. */
  done: { words: string; job?: string } | undefined
}

/** @param again reads the schedules again */
export function useActions(again: () => void): Actions {
  const command = useCommand()
  const [asked, ask] = useState<Asked>()
  const [done, setDone] = useState<Actions['done']>()
  // A command may follow before the schedules are read again.
  const answers = useRef(new Map<string, Schedule>())
  const newest = (schedule: Schedule) => {
    const answer = answers.current.get(schedule.name)
    return (answer?.version ?? 0) > (schedule.version ?? 0) ? (answer ?? schedule) : schedule
  }
  const toggle = async (read: Schedule) => {
    const schedule = newest(read)
    const verb = schedule.definition?.paused ? 'resume' : 'pause'
    const words = `${schedule.name} is ${verb}d.`
    const params = asRead(schedule)
    const send = () => schedulerApi.POST(`/schedules/{name}/${verb}`, { params })
    setDone(undefined)
    const { data } = await command.run(send, words)
    if (data !== undefined) {
      answers.current.set(schedule.name, data)
      setDone({ words })
    }
    again()
  }
  const fire = async (schedule: Schedule) => {
    const words = `${schedule.name} was fired.`
    const params = asRead(newest(schedule))
    const { data } = await command.run(() => schedulerApi.POST('/schedules/{name}/fire', { params }), words)
    // The id of the job is that of the firing.
    if (data !== undefined) setDone({ words, ...(schedule.definition?.job ? { job: data.id } : {}) })
    again()
  }
  const remove = async (schedule: Schedule) => {
    const words = `${schedule.name} was deleted.`
    const params = asRead(newest(schedule))
    const { error } = await command.run(() => schedulerApi.DELETE('/schedules/{name}', { params }), words)
    if (error === undefined) go('/schedules')
    again()
  }
  const confirm = async ({ action, schedule }: Asked) => {
    setDone(undefined)
    await (action === 'fire' ? fire(schedule) : remove(schedule))
  }
  return { command, toggle, asked, ask, confirm, done }
}
