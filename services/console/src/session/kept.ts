/** What is not saved is kept in sessionStorage, for each person apart, so that neither a reload nor signing in again loses it. */

/** The commands that the services have not carried out, the line of a new task, and the forms in which tasks are edited. */
const kinds = ['unsaved', 'line', 'edits'] as const
type Kind = (typeof kinds)[number]

const nameOf = (kind: Kind, user: string) => `daybook.${kind}.${user}`

/** Keeps what a person has not saved, in place of what was kept before. */
export function keep(kind: Kind, user: string, value: string | readonly unknown[]): void {
  if (value.length === 0) window.sessionStorage.removeItem(nameOf(kind, user))
  else window.sessionStorage.setItem(nameOf(kind, user), JSON.stringify(value))
}

/** What was kept for a person; undefined when that is nothing. */
export function kept<T extends string | readonly unknown[]>(kind: Kind, user: string): T | undefined {
  const stored = window.sessionStorage.getItem(nameOf(kind, user))
  return stored === null ? undefined : (JSON.parse(stored) as T)
}

/** Whether signing out would lose something. */
export const isAnythingKept = (): boolean =>
  Object.keys(window.sessionStorage).some(name => kinds.some(kind => name.startsWith(nameOf(kind, ''))))

let isAway = false

/** Notes that the tab goes to the issuer and comes back, so that nothing that it keeps is lost. */
export function leaveToSignIn(): void {
  isAway = true
}

/** Whether the tab leaves to sign in. */
export const comesBack = (): boolean => isAway
