import { type ComponentChildren, Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../../api/problem.ts'

/** Reads a definition again, for a form that begins anew with it. */
export type ReadAgain = () => Promise<{ error?: Problem | undefined }>

interface Props<T> {
  first: T
  readAgain: () => Promise<{ data?: T; error?: Problem }>
  children: (first: T, readAgain: ReadAgain) => ComponentChildren
}

/**
 * Gives a form the definition that was read first. What is read later changes neither what is typed nor the version that the form
 * replaces: only a person who asks for it gets the new version, in a new form.
 */
export function FromFirst<T>({ first, readAgain, children }: Props<T>) {
  const [begun, begin] = useState({ count: 0, with: first })
  const again: ReadAgain = async () => {
    const { data, error } = await readAgain()
    if (data !== undefined) begin(before => ({ count: before.count + 1, with: data }))
    return { error }
  }
  return <Fragment key={begun.count}>{children(begun.with, again)}</Fragment>
}
