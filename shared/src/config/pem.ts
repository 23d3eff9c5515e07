import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'

/** Reads the first certificate of a text in PEM. @returns undefined if there is none */
export const readCertificate = (text: string): X509Certificate | undefined =>
  parsed(() => new X509Certificate(text))

/** Reads a private key in PEM without a passphrase. @returns undefined if the text is none */
export const readPrivateKey = (text: string): KeyObject | undefined => parsed(() => createPrivateKey(text))

/** The result of a parser of node:crypto, or undefined when it refuses the text. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}
