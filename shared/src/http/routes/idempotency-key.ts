import { Type } from 'typebox'

/**
 * Makes the schema of the request header Idempotency-Key.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 * @param effect what a repeat does, as a sentence of the description
 */
export const idempotencyField = (effect: string) => ({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]([ -~]{0,253}[!-~])?$',
      description: `A text of 1 to 255 visible characters that stands for this request. ${effect}. Keys of different users are independent`,
    }),
  ),
})
