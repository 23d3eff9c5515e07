import type { DaybookError } from '../failures/errors.ts'
import { refusal, type Server } from '../failures/refusal.ts'

const AUTHENTICATION_FAILED = 18

const server: Server = {
  name: 'MongoDB',
  rejectsLogin: ({ name, code }) => name === 'MongoServerError' && code === AUTHENTICATION_FAILED,
  remedies: {
    login: 'MONGODB_URI must have a valid user, password and authSource',
    tls: "the tlsCAFile of MONGODB_URI must hold the authority that signed MongoDB's certificate, and the certificate must name MongoDB's host",
  },
}

/** The refusal of a login or a certificate in an error of the MongoDB driver, see `refusal`. */
export const mongoRefusal = (error: unknown): DaybookError | undefined => refusal(error, server)
