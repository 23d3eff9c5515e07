/** Signals every process of a group; 0 only asks. Answers false when there is no such group, or it is not ours. */
export function signalGroup(group: number | undefined, signal: NodeJS.Signals | 0): boolean {
  return group !== undefined && signalled(-group, signal)
}

/** Whether a process of ours with this id lives. */
export function isAlive(pid: number): boolean {
  return signalled(pid, 0)
}

function signalled(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(id, signal)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
    return false
  }
}
