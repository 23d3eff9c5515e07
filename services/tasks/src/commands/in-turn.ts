/** Runs functions about one task one after the other. */
export interface InTurn {
  /** Whether a function about the task runs or waits. */
  isTaken: (taskId: string) => boolean
  /** Runs a function after those that were given before it. */
  take: <Result>(taskId: string, run: () => Promise<Result>) => Promise<Result>
}

export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return {
    isTaken: taskId => last.has(taskId),
    take(taskId, run) {
      const turn = last.get(taskId)?.then(run, run) ?? run()
      last.set(taskId, turn)
      const leave = () => void (last.get(taskId) === turn && last.delete(taskId))
      turn.then(leave, leave)
      return turn
    },
  }
}
