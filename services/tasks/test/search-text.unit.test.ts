import { test } from 'tap'
import { searchText } from '../src/search-text.ts'

test('texts that people read as the same are the same', async t => {
  for (const [a, b] of [
    ['STRASSE', 'straße'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδός'.normalize('NFD').replace('\u0301', '')],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['caf\u00e9', 'CAFE\u0301'],
    ['ﬁle', 'FILE'],
    ['ＡＢＣ１２３', 'abc123'],
    ['가', '\u1100\u1161'],
    ['½', '1⁄2'],
    ['Ǆ', 'ǆ'],
  ] as const) {
    t.equal(searchText(a), searchText(b), `${a} ${b}`)
  }
})

test('other texts stay different', async t => {
  for (const [a, b] of [
    ['cafe', 'café'],
    ['Müll', 'Mull'],
    ['и', 'й'],
    ['a b', 'ab'],
  ] as const) {
    t.not(searchText(a), searchText(b), `${a} ${b}`)
  }
})

test('each character is the same in each case and each form, alone and in a word', async t => {
  const wrong: string[] = []
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const one = String.fromCodePoint(code)
    const forms = new Set([one, one.toUpperCase(), one.toLowerCase()])
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) forms.add(one.normalize(form))
    if (forms.size === 1) continue
    const folded = searchText(one)
    for (const form of [...forms, folded]) {
      if (searchText(form) !== folded || searchText(`a${form}`) !== searchText(`a${one}`)) {
        wrong.push(`U+${code.toString(16)}`)
      }
    }
  }
  t.strictSame(wrong, [])
})
