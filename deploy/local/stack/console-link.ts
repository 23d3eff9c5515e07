import { SetupError } from '../processes/setup-error.ts'
import type { LocalSettings } from './settings.ts'
import { tokenMaker } from './tokens.ts'

/**
 * Makes the address of the console. With a secret for tokens here, it has a code in it that signs a user in as an operator, once,
 * within ten minutes. With an issuer, the console itself asks for a token.
 * @param gateway the address of the gateway
 * @throws SetupError when the gateway gives no code
 */
export async function consoleLink(gateway: string, settings: LocalSettings, user: string): Promise<string> {
  if (settings.env.AUTH_JWKS_URL) return `${gateway}/ui/`
  const make = await tokenMaker(settings)
  const token = await make({ user, timeZone: settings.timeZone, admin: true })
  const answer = await fetch(`${gateway}/sign-in/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new SetupError(`The gateway makes no code to sign in with: ${await answer.text()}`)
  const { code } = (await answer.json()) as { code: string }
  return `${gateway}/ui/#code=${code}`
}
