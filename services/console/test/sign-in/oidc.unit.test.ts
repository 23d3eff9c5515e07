import '../browser.ts'
import t from 'tap'
import { path, query } from '../../src/address/address.ts'
import { finishOidc } from '../../src/sign-in/oidc.ts'
import { answerWith } from '../browser.ts'

t.test('a person comes back from the issuer to the page of before, also when signing in fails', async t => {
  window.sessionStorage.setItem(
    'daybook.oidc',
    JSON.stringify({ verifier: 'v', state: 's', page: '/ui/days/2026-11-25?q=x' }),
  )
  answerWith(() => new Response(null, { status: 503 }))
  const fault = await finishOidc({ issuer: 'http://issuer', clientId: 'c', scope: 'openid' })
  t.match(fault, /Signing in at http:\/\/issuer has failed/)
  t.strictSame(path.value, ['days', '2026-11-25'])
  t.equal(query.value.get('q'), 'x')
})
