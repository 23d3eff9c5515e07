// `npm run -s token -- <user> [--zone <time zone>] [--scope <scope>] [--admin]` prints a token for the local stack, and
// nothing else. `--scope` can be repeated.
import { parseArgs } from 'node:util'
import { readSettings } from '../stack/settings.ts'
import { tokenMaker } from '../stack/tokens.ts'
import { printFailure } from './print-failure.ts'

const USAGE = 'usage: npm run -s token -- <user> [--zone Europe/Berlin] [--scope jobs] [--admin]'
const WRONG_USAGE = 2

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        zone: { type: 'string' },
        scope: { type: 'string', multiple: true },
        admin: { type: 'boolean' },
      },
    })
    const [user, ...more] = positionals
    const { zone: timeZone, scope: scopes, admin } = values
    return user && more.length === 0 ? { user, timeZone, scopes, admin } : undefined
  } catch (error) {
    console.error((error as Error).message)
    return undefined
  }
}

const bearer = readArguments()
if (bearer === undefined) {
  console.error(USAGE)
  process.exitCode = WRONG_USAGE
} else {
  try {
    const make = await tokenMaker(readSettings(process.env))
    console.log(await make(bearer))
  } catch (error) {
    process.exitCode = printFailure(error)
  }
}
