// So long is a block at least: few writes for many lines, and little memory.
const BLOCK = 65_536

/** Joins lines, each with its end, to blocks of whole lines. */
export async function* inBlocks(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let block = ''
  for await (const line of lines) {
    block += `${line}\n`
    if (block.length < BLOCK) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

/**
 * Divides a text into lines, without their ends. A last line without an end is left out. Only `\n` ends a line: JSON may contain the other
 * characters at which `node:readline` ends one.
 */
export async function* endedLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = ''
  for await (const part of text) {
    const lines = (begun + part).split('\n')
    begun = lines.pop() ?? ''
    yield* lines
  }
}
