import { test } from 'tap'
import { type Document, mergeDocuments } from '../../src/document/merge-documents.ts'

const of = (name: string, schemas: Record<string, unknown>): Document => ({
  paths: {
    '/health': { get: { operationId: 'isLive', security: [] } },
    [`/${name}`]: { get: { operationId: name } },
  },
  components: { schemas, securitySchemes: { bearer: {} } },
})

const pathAt = (service: string) => (path: string) =>
  path === '/health' ? `/services/${service}/health` : path

test('equal components are shared, others get the name of their service, as do those that refer to them, and a health needs a token', t => {
  const refersToPart = { items: { $ref: '#/components/schemas/Part' } }
  const one = of('one', { Same: { type: 'string' }, Part: { type: 'string' }, Whole: refersToPart })
  const two = of('two', { Same: { type: 'string' }, Part: { type: 'number' }, Whole: refersToPart })
  const { paths, components } = mergeDocuments({ info: {}, paths: {}, components: {} }, [
    { service: 'one', document: one, pathAt: pathAt('one') },
    { service: 'two', document: two, pathAt: pathAt('two') },
  ])
  t.strictSame(paths, {
    '/services/one/health': { get: { operationId: 'oneIsLive' } },
    '/one': { get: { operationId: 'one' } },
    '/services/two/health': { get: { operationId: 'twoIsLive' } },
    '/two': { get: { operationId: 'two' } },
  })
  t.strictSame(components?.schemas, {
    Same: { type: 'string' },
    Part: { type: 'string' },
    Whole: refersToPart,
    TwoPart: { type: 'number' },
    TwoWhole: { items: { $ref: '#/components/schemas/TwoPart' } },
  })
  t.end()
})
