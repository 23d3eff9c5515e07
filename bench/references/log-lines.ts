/** What the log files of a day hold, written from their documentation and without Daybook's code. */
export interface Completion {
  userId: string
  taskId: string
  name: string
  notes: string | null
  dueOn: string | null
  tags: string[]
  completedAt: string
}

const QUARTER = 900_000

/**
 * Makes the functions that write the completions of one time zone. Each offset from UTC is asked for once in a quarter of an
 * hour: clocks change at no other times.
 */
export function logLines(timeZone: string) {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const offsets = new Map<number, { ms: number; text: string }>()

  function offsetAt(instant: number) {
    const quarter = Math.floor(instant / QUARTER)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    const [, sign = '+', hours = '00', minutes = '00'] =
      /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant)) ?? []
    const ms = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
    const offset = { ms, text: `${sign}${hours}:${minutes}` }
    offsets.set(quarter, offset)
    return offset
  }

  function localTime(completedAt: string): string {
    const instant = Date.parse(completedAt)
    const { ms, text } = offsetAt(instant)
    return new Date(instant + ms).toISOString().slice(0, -1) + text
  }

  return {
    /** A user log: a line for each completion, in the order of time. It sorts the given completions. */
    userLog: (completions: Completion[]): string =>
      completions
        .sort(inOrder)
        .map(
          ({ completedAt, taskId, name }) =>
            `${localTime(completedAt)}\t${completedAt}\t${taskId}\t${escaped(name)}\n`,
        )
        .join(''),
    taskFileName: ({ taskId, name, completedAt }: Completion): string =>
      `${taskId}_${name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_')}_${completedAt.replace(/[-:]/g, '')}.log`,
    taskFile({ taskId, name, notes, dueOn, tags, completedAt }: Completion): string {
      const lines = [
        `id: ${taskId}`,
        `name: ${escaped(name)}`,
        `updatedAt: ${completedAt}`,
        `completedAt: ${localTime(completedAt)} ${timeZone}`,
        `dueOn: ${dueOn ?? ''}`,
        `tags: ${escaped(tags.join(', '))}`,
        `notes: ${escaped(notes ?? '')}`,
      ]
      return lines.map(line => `${line.trimEnd()}\n`).join('')
    },
  }
}

const inOrder = (a: Completion, b: Completion) =>
  a.completedAt < b.completedAt || (a.completedAt === b.completedAt && a.taskId < b.taskId) ? -1 : 1

const escaped = (text: string) =>
  text.replace(/[\\\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, char =>
    char === '\\' ? '\\\\' : `\\u{${char.codePointAt(0)?.toString(16)}}`,
  )
