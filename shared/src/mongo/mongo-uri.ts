import { accessSync, constants } from 'node:fs'
import { getSystemErrorMessage } from 'node:util'
import mongoose from 'mongoose'

const PROBLEM =
  'must be a MongoDB connection string, as in mongodb://user:password@host:27017/?authSource=admin; ' +
  'percent-encode special characters of the user and the password'
// The driver's reason is shown only when user, password and hosts can be distinguished. In other strings the driver may
// take a part of the password for a host or an option, and name it.
const HOST = String.raw`[^/?@:,]+(:\d{1,5})?`
const PLAIN = new RegExp(String.raw`^mongodb(\+srv)?://([^/?@]*@)?${HOST}(,${HOST})*([/?][^@]*)?$`)
const FILES = ['tlsCAFile', 'tlsCRLFile', 'tlsCertificateKeyFile'] as const

/**
 * Checks a MongoDB connection string with the driver's parser, without connecting.
 * @returns the problem, without the user and the password; undefined when the driver accepts the string
 */
export function mongoUriProblem(uri: string): string | undefined {
  try {
    const { options } = new mongoose.mongo.MongoClient(uri)
    return FILES.flatMap(name => unreadable(name, options[name]) ?? [])[0]
  } catch (error) {
    // The parser's errors have no common class, but a common prefix of their names.
    if (!(error instanceof Error && error.name.startsWith('Mongo'))) throw error
    return PLAIN.test(uri) ? `${PROBLEM} (${error.message})` : PROBLEM
  }
}

function unreadable(name: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    accessSync(path, constants.R_OK)
    return undefined
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException
    if (errno === undefined) throw error
    return `its ${name} ${path} can't be read: ${getSystemErrorMessage(errno)}`
  }
}
