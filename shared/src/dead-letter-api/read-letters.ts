import { Type } from 'typebox'
import { type App, problems } from '../http/index.ts'
import { exampleListedLetter } from './examples.ts'
import { letterBody, listedFields, listedLetter } from './letter-body.ts'
import { readCursor, writeCursor } from './letter-cursor.ts'
import { admin, type LetterRoutes, noLetter, readFilter, tags } from './letter-routes.ts'
import { Cursor, filterFields, LetterBody, LetterPath, ListedLetter, NextCursor } from './letter-schemas.ts'

const LetterPage = Type.Object(
  {
    deadLetters: Type.Array(ListedLetter),
    total: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({
            minimum: 0,
            description: 'How many letters of those examined meet the query',
          }),
          more: Type.Boolean({ description: 'Whether not all letters were examined: there may be more' }),
        },
        { description: 'On the first page: how many letters meet the query' },
      ),
    ),
    nextCursor: NextCursor('`cursor` of the next page, or null on the last page'),
  },
  {
    title: 'DeadLetterPage',
    examples: [{ deadLetters: [exampleListedLetter], total: { count: 1, more: false }, nextCursor: null }],
  },
)

/** Serves `GET /dead-letters`. */
export function serveLetterList(app: App, { topics, list }: LetterRoutes): void {
  const query = {
    ...filterFields(topics),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(Cursor),
  }
  const schema = {
    operationId: 'listDeadLetters',
    summary: 'Messages that could not be handled, last parked first',
    description:
      'Every letter that meets the query from the first page to the last is on exactly one page. A page with `topic`, `error` or `errorGroup`, or with only one of `partition` and `offset`, examines 2,000 letters at most. So it can have fewer letters than `limit`, also none, while `nextCursor` is set: read on until it is null. Keys of more than 1 KiB are not found if the message has more than 64 KiB.',
    tags,
    querystring: Type.Object(query, { additionalProperties: false }),
    response: { 200: LetterPage, ...problems() },
  }
  app.get('/dead-letters', { ...admin, schema }, async ({ query: { limit, cursor, ...conditions } }) => {
    const filter = readFilter(topics, conditions)
    const after = cursor === undefined ? undefined : readCursor(cursor, '/querystring/cursor')
    const order = 'newest first'
    const [page, total] = await Promise.all([
      list.page(filter, { order, after, limit, fields: listedFields }),
      after === undefined ? list.count(filter) : undefined,
    ])
    const nextCursor = page.after === undefined ? null : writeCursor(page.after)
    return { deadLetters: page.letters.map(listedLetter), ...(total ? { total } : {}), nextCursor }
  })
}

/** Serves `GET /dead-letters/:id`. */
export function serveLetter(app: App, { topics, list, contents }: LetterRoutes): void {
  const schema = {
    operationId: 'readDeadLetter',
    summary: 'A message that could not be handled, with its content and the error',
    tags,
    params: LetterPath,
    response: { 200: LetterBody, ...problems('DAYBOOK_DEAD_LETTER_NOT_FOUND') },
  }
  app.get('/dead-letters/:id', { ...admin, schema }, async ({ params: { id } }) => {
    const letter = await list.find(topics, id)
    if (letter === undefined) throw noLetter(id)
    return letterBody(letter, await contents.read(letter))
  })
}
