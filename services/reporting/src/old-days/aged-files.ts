import type { DayFiles, LogFiles } from '../logs/log-files.ts'
import type { LogAgeStore, LogAges } from './log-ages-store.ts'

type Form = 'removed' | 'compressed' | 'plain'

/**
 * Writes files as the age of their day asks: compressed, or not at all once the files of the day are removed. If that changes while
 * they are written, they are written again. So whoever compresses or removes the files of a day need not wait for writers: what a
 * writer reports as written has the form that was recorded before.
 */
export function agedFiles<Files extends LogFiles>(files: Files, ages: Pick<LogAgeStore, 'read'>): Files {
  return {
    ...files,
    async write(days, timeLimit) {
      let known = await ages.read()
      for (;;) {
        const failures = await files.write(
          days.map(day => inForm(day, formOf(day.day, known))),
          timeLimit,
        )
        const now = await ages.read()
        if (days.every(({ day }) => formOf(day, known) === formOf(day, now))) return failures
        known = now
      }
    },
  }
}

function formOf(day: string, { removedThrough, compressedThrough }: LogAges): Form {
  if (day <= removedThrough) return 'removed'
  return day <= compressedThrough ? 'compressed' : 'plain'
}

function inForm(files: DayFiles, form: Form): DayFiles {
  // As a day without completions, which also removes what another writer has left.
  if (form === 'removed') return { ...files, log: null, tasks: new Map() }
  return form === 'compressed' ? { ...files, compressed: true } : files
}
