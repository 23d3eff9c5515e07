import { type Static, Type } from 'typebox'
import type { Rate } from './kind.ts'
import { toRate } from './kind-definition.ts'
import { InFlight, RateBody } from './limit-schema.ts'

/** A limit that several kinds share, as an operator writes it. */
export const LimitBody = Type.Object(
  { rate: Type.Optional(RateBody), inFlight: Type.Optional(InFlight) },
  {
    title: 'NewLimit',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'Exactly one of rate, inFlight',
    examples: [{ rate: { limit: 10, per: 'PT1S' } }],
  },
)
/** A limit names no other limits. */
export type LimitDefinition = Static<typeof LimitBody> & { limits?: never }

/** A limit that several kinds share: one of both fields. */
export interface SharedLimit {
  name: string
  rate?: Rate
  inFlight?: number
}

export const toLimit = (name: string, { rate, inFlight }: LimitDefinition): SharedLimit => ({
  name,
  ...(rate === undefined ? {} : { rate: toRate(rate) }),
  ...(inFlight === undefined ? {} : { inFlight }),
})
