import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { SetupError } from '../processes/setup-error.ts'

/**
 * Reads a text file line by line, without line ends, as fast as the caller takes the lines. (node:readline reads ahead
 * and loses lines and errors that arrive before the caller asks for them.)
 * @throws SetupError that names the first line that is not UTF-8
 */
export async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  let lineNumber = 0
  const textOf = (line: Buffer): string => {
    lineNumber += 1
    // UTF-16 without a byte order mark is valid UTF-8 with a NUL beside each letter.
    if (isUtf8(line) && !line.includes(0)) return line.toString().replace(/\r$/, '')
    throw new SetupError(`Line ${lineNumber} of ${path} is not text in UTF-8: save the list as UTF-8`)
  }
  for await (const chunk of createReadStream(path, { signal })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield textOf(rest.subarray(start, end))
      start = end + 1
    }
    rest = rest.subarray(start)
  }
  if (rest.length > 0) yield textOf(rest)
}
