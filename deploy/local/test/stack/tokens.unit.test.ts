import { decodeJwt } from 'jose'
import t from 'tap'
import { type Bearer, tokenMaker } from '../../stack/tokens.ts'

const AUTH_SECRET = 'a secret of thirty-two characters'

/** The claims of a token that the stack makes. */
async function claims(bearer: Bearer) {
  const make = await tokenMaker({ dir: '/nowhere', env: { AUTH_SECRET } })
  return decodeJwt(await make(bearer))
}

t.test('a token has the scopes that were asked for, each once', async t => {
  t.equal((await claims({ user: 'app', scopes: ['jobs'] })).scope, 'jobs')
  t.equal((await claims({ user: 'app', scopes: ['jobs', 'worker', 'jobs'] })).scope, 'jobs worker')
  t.equal((await claims({ user: 'op', admin: true })).scope, 'admin')
  t.equal((await claims({ user: 'op', scopes: ['jobs', 'admin'], admin: true })).scope, 'jobs admin')
})

t.test('a token without a scope has no such claim', async t => {
  t.notOk('scope' in (await claims({ user: 'alice' })))
})

t.test('an unknown scope is refused with the known ones', async t => {
  await t.rejects(claims({ user: 'app', scopes: ['job'] }), {
    name: 'SetupError',
    message: '"job" is not a scope: use jobs, worker, admin',
  })
})
