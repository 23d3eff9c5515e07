import { Instant } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, bearerToken, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { idOf, makeCode, seal, unseal } from './code.ts'
import type { CodeStore } from './code-store.ts'

/** How long a code works, in milliseconds. */
const CODE_MS = 600_000

const Code = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description: 'The code: it works once',
})

const example = 'bVo1YkV3c0dZQnl0Y1pQTFJxVnJmaE1KTmtkd0t4SGc'
const NewSignIn = Type.Object(
  { code: Code },
  { title: 'NewSignIn', additionalProperties: false, examples: [{ code: example }] },
)
const SignInCode = Type.Object(
  { code: Code, expiresAt: Instant('When it stops to work') },
  { title: 'SignInCode', examples: [{ code: example, expiresAt: '2026-11-22T10:10:00.000Z' }] },
)
const SignedIn = Type.Object(
  { token: Type.String({ description: 'The bearer token' }), expiresAt: Instant('When the token expires') },
  { title: 'SignedIn', examples: [{ token: 'eyJ…', expiresAt: '2026-11-29T10:00:00.000Z' }] },
)

/**
 * Serves signing in by a link. A link carries a code and no token, because addresses stay in histories and logs: the code is useless
 * once it was used.
 */
export function serveSignIn(app: App, codes: CodeStore): void {
  app.post(
    '/sign-in/codes',
    {
      schema: {
        operationId: 'makeSignInCode',
        summary: 'Make a code with which a browser gets the token of this request, once, within 10 minutes',
        tags: ['sign-in'],
        response: { 201: SignInCode, ...problems() },
      },
    },
    async (request, reply) => {
      const { user } = request
      const expiresAt = new Date(Math.min(Date.now() + CODE_MS, user.expiresAt))
      const code = makeCode()
      const content = JSON.stringify({ token: bearerToken(request), expiresAt: user.expiresAt })
      await codes.keep(seal(code, content), expiresAt)
      reply.header('cache-control', 'no-store')
      return reply.code(201).send({ code, expiresAt: expiresAt.toISOString() })
    },
  )

  app.post(
    '/sign-in',
    {
      config: { public: true },
      schema: {
        operationId: 'signIn',
        summary: 'Exchange a code for its token',
        tags: ['sign-in'],
        security: [],
        body: NewSignIn,
        response: { 200: SignedIn, ...problems('DAYBOOK_SIGN_IN_REFUSED', 'DAYBOOK_STORE_UNAVAILABLE') },
      },
    },
    async ({ body: { code } }, reply) => {
      const sealed = await codes.take(idOf(code), new Date())
      if (sealed === undefined) {
        const message = 'The code was used, or is older than 10 minutes: open a new link'
        throw new DaybookError('DAYBOOK_SIGN_IN_REFUSED', message)
      }
      const { token, expiresAt } = JSON.parse(unseal(code, sealed)) as { token: string; expiresAt: number }
      reply.header('cache-control', 'no-store')
      return reply.send({ token, expiresAt: new Date(expiresAt).toISOString() })
    },
  )
}
