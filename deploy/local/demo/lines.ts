import { createReadStream } from 'node:fs'

/**
 * The lines of a text file, one after another as they are asked for, without what ends them. (node:readline reads
 * ahead: lines that come before somebody takes them are lost, and so are errors.)
 */
export async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', signal })) {
    const lines = (rest + chunk).split(/\r?\n/)
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
