import { test } from 'tap'
import { clientTypes } from '../../tools/openapi/client-types.ts'

test('the types of the client have no examples, but fields of that name', async t => {
  const Thing = {
    type: 'object',
    required: ['example'],
    properties: { example: { type: 'string', example: 'text' } },
    example: { example: 'text' },
  }
  const info = { title: 'Things', version: '1' }
  const types = await clientTypes({ openapi: '3.1.0', info, paths: {}, components: { schemas: { Thing } } })
  t.match(types, /\bexample: string;/)
  t.notMatch(types, /@example/)
})
