import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { linesOf } from '../../demo/lines.ts'

const signal = new AbortController().signal

async function linesIn(t: Test, content: string | Buffer): Promise<string[]> {
  const file = join(t.testdir(), 'todo.txt')
  await writeFile(file, content)
  return Array.fromAsync(linesOf(file, signal))
}

for (const [content, lines] of [
  ['', []],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\r\n\ntwo\r', ['one', '', 'two']],
  ['\ufeffcafé 💐\nх\n', ['\ufeffcafé 💐', 'х']],
  [`${'💐'.repeat(50_000)}\n${'é'.repeat(99_999)}`, ['💐'.repeat(50_000), 'é'.repeat(99_999)]],
] as const) {
  test(`the lines of ${JSON.stringify(content.slice(0, 20))}`, async t => {
    t.strictSame(await linesIn(t, content), lines)
  })
}

for (const [what, content, line] of [
  ['Latin-1', Buffer.from('one\ntwo\ncaf\xe9\nfour', 'latin1'), 3],
  ['an incomplete character', Buffer.from([0x61, 0x0a, 0xf0, 0x9f]), 2],
  ['UTF-16 with a byte order mark', Buffer.from('\ufeffone\n', 'utf16le'), 1],
  ['UTF-16 without a byte order mark', Buffer.from('one\n', 'utf16le'), 1],
] as const) {
  test(`a line that is not UTF-8 is an error that names it: ${what}`, async t => {
    await t.rejects(linesIn(t, content), { message: new RegExp(`^Line ${line} of .* is not text in UTF-8`) })
  })
}
