/** An OpenAPI document, as far as the merging looks at it. */
export interface Document {
  info?: object
  paths?: Record<string, Record<string, Operation>>
  components?: Record<string, Record<string, unknown>>
}

interface Operation {
  operationId?: string
  security?: object[]
}

/** The document of a service, and where its paths are at the gateway. */
export interface ServiceDocument {
  service: string
  document: Document
  pathAt: (path: string) => string
}

/**
 * Merges the OpenAPI documents of services into that of the gateway. Equal components are shared. A component that differs from one
 * of the same name gets the name of its service before its own, as an operation does whose path moves.
 * @param own the gateway's document, which also says what the documents share: version, security
 */
export function mergeDocuments(own: Document, services: readonly ServiceDocument[]): Document {
  let merged = own
  for (const { service, document, pathAt } of services) {
    const { paths = {}, components = {} } = withOwnNames(document, merged.components ?? {}, service)
    const moved = Object.entries(paths).map(([path, operations]) => {
      const at = pathAt(path)
      return [at, at === path ? operations : renamed(operations, service)]
    })
    const { securitySchemes: _, ...others } = components
    merged = {
      ...merged,
      paths: { ...merged.paths, ...Object.fromEntries(moved) },
      components: { ...merged.components, ...joined(merged.components ?? {}, others) },
    }
  }
  return merged
}

type Components = NonNullable<Document['components']>

const joined = (one: Components, other: Components) =>
  Object.fromEntries(Object.entries(other).map(([kind, named]) => [kind, { ...one[kind], ...named }]))

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** What a service shows without a token at a path that moves, its health, the gateway shows to admins. */
const renamed = (operations: Record<string, Operation>, service: string) =>
  Object.fromEntries(
    Object.entries(operations).map(([method, { operationId, security: _, ...rest }]) => [
      method,
      operationId === undefined ? rest : { ...rest, operationId: service + capital(operationId) },
    ]),
  )

/** Renames what clashes with `known`. A new name changes what refers to it, which may clash then: so it looks again. */
function withOwnNames(document: Document, known: Components, service: string): Document {
  const clashes = Object.entries(document.components ?? {}).flatMap(([kind, named]) =>
    Object.entries(named).flatMap(([name, one]) => {
      const other = kind === 'securitySchemes' ? undefined : known[kind]?.[name]
      const isOther = other !== undefined && JSON.stringify(other) !== JSON.stringify(one)
      return isOther ? [`${kind}/${name}`] : []
    }),
  )
  if (clashes.length === 0) return document
  let text = JSON.stringify(document)
  for (const clash of clashes) {
    const [kind, name = ''] = clash.split('/')
    text = text.replaceAll(`"#/components/${clash}"`, `"#/components/${kind}/${capital(service)}${name}"`)
  }
  const changed = JSON.parse(text) as Document
  for (const clash of clashes) {
    const [kind = '', name = ''] = clash.split('/')
    const named = changed.components?.[kind] ?? {}
    named[capital(service) + name] = named[name]
    delete named[name]
  }
  return withOwnNames(changed, known, service)
}
