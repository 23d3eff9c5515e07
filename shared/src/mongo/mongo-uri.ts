import { accessSync, constants } from 'node:fs'
import { getSystemErrorMessage } from 'node:util'
import mongoose from 'mongoose'

const SHAPE =
  'must be a MongoDB connection string, as in mongodb://user:password@host:27017/?authSource=admin; ' +
  'percent-encode special characters of the user and the password'
// Only of a string in which it is plain where user and password end, and where the hosts do, is the driver's reason shown:
// of another one it may name a part of the password as a host or an option.
const HOST = String.raw`[^/?@:,]+(:\d{1,5})?`
const PLAIN = new RegExp(String.raw`^mongodb(\+srv)?://([^/?@]*@)?${HOST}(,${HOST})*([/?][^@]*)?$`)
const FILES = ['tlsCAFile', 'tlsCRLFile', 'tlsCertificateKeyFile'] as const

/**
 * Checks a MongoDB connection string by the driver's own parser, without connecting.
 * @returns what is wrong with it, without the user or the password; undefined when the driver accepts it
 */
export function mongoUriProblem(uri: string): string | undefined {
  try {
    const { options } = new mongoose.mongo.MongoClient(uri)
    return FILES.flatMap(name => unreadable(name, options[name]) ?? [])[0]
  } catch (error) {
    // Errors of the parser are not of one class; their names begin alike.
    if (!(error instanceof Error && error.name.startsWith('Mongo'))) throw error
    return PLAIN.test(uri) ? `${SHAPE} (${error.message})` : SHAPE
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
