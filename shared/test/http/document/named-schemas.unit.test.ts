import { test } from 'tap'
import { schemaNamer } from '../../../src/http/document/named-schemas.ts'

const Tag = { title: 'Tag', type: 'string' }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

test('a schema with a title becomes a component, also inside another one', t => {
  const components = {}
  const name = schemaNamer(components)
  const note = { title: 'Note', type: 'object', properties: { tags: { type: 'array', items: Tag } } }
  t.strictSame(name({ type: 'array', items: note } as never), { type: 'array', items: ref('Note') })
  t.strictSame(JSON.parse(JSON.stringify(components)), {
    Tag: { type: 'string' },
    Note: { type: 'object', properties: { tags: { type: 'array', items: ref('Tag') } } },
  })
  t.end()
})

test('equal schemas are one component, and each place keeps its own description', t => {
  const components = {}
  const name = schemaNamer(components)
  t.strictSame(name({ ...Tag, description: 'A label' }), ref('Tag'))
  t.strictSame(name({ ...Tag, description: 'A label' }), ref('Tag'))
  t.strictSame(name({ ...Tag, description: 'The first label' }), {
    ...ref('Tag'),
    description: 'The first label',
  })
  t.strictSame(components, { Tag: { type: 'string', description: 'A label' } })
  t.end()
})

test('two different schemas with one title are refused', t => {
  const name = schemaNamer({})
  name(Tag)
  t.throws(() => name({ title: 'Tag', type: 'integer' } as never), {
    message: 'Two different schemas have the title Tag',
  })
  t.end()
})
