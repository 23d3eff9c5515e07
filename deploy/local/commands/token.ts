// `npm run -s token -- <user> [--zone <time zone>] [--admin]` prints a token for the local stack, and nothing else.
import { parseArgs } from 'node:util'
import { readSettings } from '../stack/settings.ts'
import { tokenMaker } from '../stack/tokens.ts'
import { printFailure } from './print-failure.ts'

const USAGE = 'usage: npm run -s token -- <user> [--zone Europe/Berlin] [--admin]'
const WRONG_USAGE = 2

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { zone: { type: 'string' }, admin: { type: 'boolean' } },
    })
    const [user, ...more] = positionals
    return user && more.length === 0 ? { user, timeZone: values.zone, admin: values.admin } : undefined
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
