import { type Command, detailsOf, isSameIn, isToggle, type Row } from './task.ts'

type Conflict = NonNullable<Row['conflict']>

/** Whether somebody else has changed what a command is about, as far as this tab knows. */
export const isOvertaken = ({ task }: Row, command: Command): boolean =>
  'seen' in command && command.seen !== undefined && !isSameIn(command.seen, task)

/** The commands of a row when the person keeps mine: they are about what the person has seen in the conflict. */
export function withMine({ task, pending }: Row, { mine, theirs }: Conflict): Command[] {
  let seen = detailsOf(theirs ?? task)
  const again = [mine, ...pending.slice(1)].map(command => {
    if (!('seen' in command)) return command
    const renewed = { ...command, seen }
    if (renewed.type === 'edit') seen = { ...seen, ...renewed.changes }
    return renewed
  })
  // A task that somebody has deleted must be restored before it is changed.
  return theirs === undefined && mine.type !== 'delete' ? [{ type: 'restore' }, ...again] : again
}

/** The commands when the person keeps theirs. Whether a task is done is another question than what is in it, so toggles stay. */
export const withTheirs = ({ pending }: Row, { theirs }: Conflict): Command[] =>
  theirs === undefined ? [] : pending.slice(1).filter(isToggle)
