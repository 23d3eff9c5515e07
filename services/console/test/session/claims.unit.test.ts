import { token } from '@daybook/shared/testing'
import t from 'tap'
import { claimsOf } from '../../src/session/claims.ts'

t.test('a token says who its person is', async t => {
  const made = await token('Ärger 🌱', { zone: 'Europe/Berlin', admin: true })
  const claims = claimsOf(made)
  t.match(claims, { user: 'Ärger 🌱', timeZone: 'Europe/Berlin', scopes: ['admin'] })
  t.ok((claims?.expiresAt ?? 0) > Date.now())
})

t.test('what is no token has no claims', async t => {
  for (const text of ['', 'a.b', 'a.b.c', '..', `${btoa('{}')}.${btoa('null')}.x`, `x.${btoa('{}')}.x`])
    t.equal(claimsOf(text), undefined, text)
})
