import { Type } from 'typebox'
import { DaybookError } from '../failures/errors.ts'
import { type App, problems } from '../http/index.ts'
import { readCursor, writeCursor } from './letter-cursor.ts'
import { admin, type LetterRoutes, loggedFilter, noLetter, readFilter, tags } from './letter-routes.ts'
import { Cursor, filterOf, LetterPath, NextCursor } from './letter-schemas.ts'

/** Serves `DELETE /dead-letters/:id`. */
export function serveDelete(app: App, { topics, list, claims }: LetterRoutes): void {
  const schema = {
    operationId: 'deleteDeadLetter',
    summary: 'Delete a dead letter: its message will never be handled',
    tags,
    params: LetterPath,
    response: { 204: Type.Null(), ...problems('DAYBOOK_DEAD_LETTER_NOT_FOUND', 'DAYBOOK_DEAD_LETTER_BUSY') },
  }
  app.delete('/dead-letters/:id', { ...admin, schema }, async ({ params: { id }, user, log }, reply) => {
    const letter = await list.find(topics, id)
    if (letter === undefined) throw noLetter(id)
    if ((await claims.removeUnclaimed([letter])) === 0) await refuseBusy(id, { topics, list })
    log.info({ deadLetter: id, by: user.id }, 'deleted a dead letter')
    return reply.code(204).send(null)
  })
}

/** @throws DaybookError DAYBOOK_DEAD_LETTER_BUSY, or DAYBOOK_DEAD_LETTER_NOT_FOUND if the letter is gone */
async function refuseBusy(
  id: string,
  { topics, list }: Pick<LetterRoutes, 'topics' | 'list'>,
): Promise<never> {
  if ((await list.find(topics, id)) === undefined) throw noLetter(id)
  const message = `A replay has the dead letter ${id} now. Read it again before you delete it`
  throw new DaybookError('DAYBOOK_DEAD_LETTER_BUSY', message)
}

const Count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

/** Serves `POST /dead-letters/delete`. */
export function serveDeleteMany(app: App, { topics, many }: LetterRoutes): void {
  const schema = {
    operationId: 'deleteDeadLetters',
    summary: 'Delete all dead letters of a filter',
    description:
      'Their messages will never be handled. One request deletes 10,000 letters at most, oldest first: repeat it with `nextCursor` as `cursor` until that is null. A request whose answer was lost can be repeated. Give `before` to leave alone what is parked after you looked.',
    tags,
    body: Type.Object(
      {
        filter: filterOf(topics),
        dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Only count, and delete none' })),
        cursor: Type.Optional(Cursor),
      },
      {
        title: 'DeletionOfDeadLetters',
        additionalProperties: false,
        examples: [{ filter: { error: 'no JSON' }, dryRun: true }],
      },
    ),
    response: {
      200: Type.Object(
        {
          matching: Count('With `dryRun`: how many letters this request has counted'),
          deleted: Count('Without `dryRun`'),
          skipped: Count('Without `dryRun`: letters that a replay had, or that were gone'),
          nextCursor: NextCursor(
            'Repeat the request with this `cursor` to go on; null when no letter is left',
          ),
        },
        { title: 'DeletedDeadLetters', examples: [{ matching: 12, nextCursor: null }] },
      ),
      ...problems(),
    },
  }
  app.post('/dead-letters/delete', { ...admin, schema }, async ({ body, user, log }) => {
    const { filter, dryRun = false, cursor } = body
    const from = cursor === undefined ? undefined : readCursor(cursor, '/cursor')
    const { found, deleted, after } = await many.remove(readFilter(topics, filter), { after: from, dryRun })
    const nextCursor = after === undefined ? null : writeCursor(after)
    if (dryRun) return { matching: found, nextCursor }
    log.info({ filter: loggedFilter(filter), deleted, by: user.id }, 'deleted dead letters')
    return { deleted, skipped: found - deleted, nextCursor }
  })
}
