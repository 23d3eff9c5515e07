import { Duration } from '@daybook/shared/time/duration'
import { Type } from 'typebox'

/** The limits of a kind, and those that kinds share, as operators write them. */

export const InFlight = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: 'How many jobs may be in hand at once: sent to a worker or running',
})

export const RateBody = Type.Object(
  {
    limit: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'How many attempts may start within `per`',
    }),
    per: Duration('The time for which `limit` holds, in every sliding window'),
    burst: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        default: 1,
        description:
          'How many attempts may start at once after a pause. A window then has at most `limit` + `burst` - 1 starts. 1 spreads the starts evenly',
      }),
    ),
    window: Type.Optional(
      Duration(
        'How long an attempt may take from its turn to the start of its handler; otherwise the worker returns it at no cost. A longer window means fewer starts: at most `limit` in `per` + `window`. The default is a tenth of `per`, from 0.1 to 1 s',
      ),
    ),
  },
  {
    title: 'Rate',
    additionalProperties: false,
    description: 'How often attempts may start, over all workers',
  },
)
