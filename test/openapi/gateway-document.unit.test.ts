import { test } from 'tap'
import { mergeDocuments } from '../../services/gateway/src/document/merge-documents.ts'
import { parts, pathAtGateway } from '../../services/gateway/src/proxy/paths.ts'
import { serviceNames } from '../../services/gateway/src/services.ts'
import { documents as all, type Document } from './read-documents.ts'

const documents = new Map(serviceNames.map(service => [service, all.get(service) as Document]))

const { paths = {}, components = {} } = mergeDocuments(
  { paths: {}, components: {} },
  [...documents].map(([service, document]) => ({
    service,
    document: document as object,
    pathAt: (path: string) => pathAtGateway(service, path),
  })),
)

test('the gateway has each path of each service, and no path of one service hides that of another', t => {
  const count = [...documents.values()].reduce((sum, one) => sum + Object.keys(one.paths).length, 0)
  t.equal(Object.keys(paths).length, count)
  for (const [service, document] of documents) {
    for (const path of Object.keys(document.paths)) {
      const at = pathAtGateway(service, path)
      const owners = parts.filter(part => at === part.path || at.startsWith(`${part.path}/`))
      t.match(owners, [{ service }], `${service}: ${path}`)
      const [, segment] = path.split('/')
      const others = [...documents].filter(([name]) => name !== service)
      const isShared = others.some(([, other]) =>
        Object.keys(other.paths).some(one => one.split('/')[1] === segment),
      )
      t.equal(at === path, !isShared, `${service}: ${path} is at ${at}`)
    }
  }
  t.end()
})

test('in the document of the gateway each operation has its own id, and each reference leads somewhere', t => {
  const ids = Object.values(paths).flatMap(one => Object.values(one).map(({ operationId }) => operationId))
  t.strictSame(ids, [...new Set(ids)])
  const text = JSON.stringify({ paths, components })
  const references = new Set(text.match(/(?<="#\/components\/)\w+\/\w+/g))
  const lost = [...references].filter(reference => {
    const [kind = '', name = ''] = reference.split('/')
    return components[kind]?.[name] === undefined
  })
  t.strictSame(lost, [])
  t.ok(references.size > 50)
  t.end()
})
