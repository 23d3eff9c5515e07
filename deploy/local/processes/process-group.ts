/**
 * Sends a signal to every process of a group; 0 only checks that the group exists.
 * @returns false when there is no such group, or when it belongs to another user
 */
export function signalGroup(group: number | undefined, signal: NodeJS.Signals | 0): boolean {
  return group !== undefined && sendSignal(-group, signal)
}

/** Returns whether this user has a running process with this id. */
export function isAlive(pid: number): boolean {
  return sendSignal(pid, 0)
}

function sendSignal(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(id, signal)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
    return false
  }
}
