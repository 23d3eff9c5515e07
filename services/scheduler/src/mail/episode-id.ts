import { createHash } from 'node:crypto'

/**
 * Makes the id of an episode.
 * @param about what fails
 * @param error the normalised error; undefined for the episode of all errors that have no episode of their own
 */
export const episodeId = (about: string, error: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([about, error]))
    .digest('base64url')
