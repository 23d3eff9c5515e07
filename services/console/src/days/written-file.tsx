import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { PAGE } from '../elements/lists/show-more.tsx'
import { downloadLog, type Format, formats } from './download.ts'

/** The beginning of a log file, as it was written. The download has all of it. */
export function WrittenFile({ text, sha256 }: { text: string; sha256: string | null }) {
  const lines = text.split('\n')
  const isCut = lines.length > PAGE + 1
  return (
    <details>
      <summary>The file as it was written</summary>
      <pre>{isCut ? lines.slice(0, PAGE).join('\n') : text}</pre>
      {isCut && <p class="help">These are its first {PAGE} lines. The download has all.</p>}
      <p class="help">
        SHA-256 <code>{sha256}</code>
      </p>
    </details>
  )
}

/** Buttons that save the log of a day as a file. */
export function Downloads({ day, isWritten }: { day: string; isWritten: boolean }) {
  const [problem, setProblem] = useState<Problem>()
  const download = async (format: Format) => setProblem(await downloadLog(day, format))
  const offered = formats.filter(format => format !== 'text' || isWritten)
  return (
    <p class="downloads">
      Download:{' '}
      {offered.map(format => (
        <button key={format} type="button" onClick={() => download(format)}>
          {format === 'text' ? 'file' : format.toUpperCase()}
        </button>
      ))}
      {problem && (
        <span class="fault" role="alert">
          {problem.detail}
        </span>
      )}
    </p>
  )
}
