import type { Test } from 'tap'
import { LONG } from './long.ts'
import { type RawAnswer, rawRequest, sendRaw } from './raw.ts'

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
}

interface Schema {
  properties?: Record<string, unknown>
  examples?: object[]
}

interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

type Paths = Record<string, Record<string, Operation>>

/** A hostile request. */
interface Attack {
  what: string
  bytes: string
}

const long = (length: number) => 'x'.repeat(length)

const targets = [
  '',
  '%00',
  '%ED%A0%80',
  '%ff',
  '%',
  '%0d%0a',
  '%F0%9F%92%90',
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  '%5B%5D',
  '%7B%22%24gt%22%3A%22%22%7D',
  '%24where',
  '(%3F%3A%5B%5D',
  '-1',
  '1e400',
  '99999999999999999999',
  '0x10',
  '%205',
  '%D9%A1',
  'null',
  long(101),
  long(5000),
  long(100_000),
]

const headers = ['', ',', '"', '*, "1"', '\xff\xfe', '"\xff"', 'W/', '"a,b', `"${long(5000)}"`, long(100_000)]

const values = [
  'null',
  'true',
  '-1',
  '1e400',
  '8202522731445525542',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\xff"',
  `"${long(100_000)}"`,
  '[]',
  '[null]',
  '["\\u0000"]',
  '[{}]',
  '{}',
  '{"$gt":""}',
  '{"__proto__":{"admin":true}}',
  '{"_bsontype":"ObjectId"}',
  '{"\\u0000":1}',
  '{"":{"a.b":1}}',
  '{"a":1,"a":2}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
]

const bodies = ['', '{', '\xef\xbb\xbf{}', '\xff\xfe{\x00}\x00', '{"unknown":1}', ...values]

// Without LONG, two of seven attacks. No list has a multiple of seven entries, so each parameter meets others.
const isChosen = (place: number) => LONG || place % 7 < 2

/**
 * Sends hostile values to every parameter and every body of every route in the service's OpenAPI document, which includes
 * new routes. Asserts that the service answers each request successfully or with a problem of 4xx.
 * @param url the service's address
 * @param options.token a token with all rights
 * @param options.path a valid value for each path parameter
 */
export async function withstandsHostileInput(
  t: Test,
  url: string,
  { token, path }: { token: string; path: Record<string, string> },
): Promise<void> {
  const { paths } = (await (await fetch(`${url}/docs/json`)).json()) as { paths: Paths }
  const all = Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      attacksOn(method.toUpperCase(), template, operation, { path, authorization: `Bearer ${token}` }),
    ),
  )
  const attacks = all.filter((_, place) => isChosen(place))
  // DELETE requests come last, so that the other requests find existing resources.
  attacks.sort((a, b) => Number(a.what.startsWith('DELETE')) - Number(b.what.startsWith('DELETE')))
  for (let i = 0; i < attacks.length; i += 8) {
    await Promise.all(
      attacks
        .slice(i, i + 8)
        .map(async ({ what, bytes }) => assertHandled(t, what, await sendRaw(url, bytes))),
    )
  }
  t.ok(attacks.length > 100, `${attacks.length} requests`)
}

function assertHandled(t: Test, what: string, { status, headers, body }: RawAnswer): void {
  const isProblem =
    headers['content-type'] === 'application/problem+json' && JSON.parse(body).status === status
  if (status >= 200 && status < 500 && (status < 400 || isProblem)) return
  t.fail(`${what} is answered with ${status || 'nothing'}: ${body.slice(0, 200)}`)
}

function attacksOn(
  method: string,
  template: string,
  { parameters = [], requestBody }: Operation,
  { path, authorization }: { path: Record<string, string>; authorization: string },
): Attack[] {
  const target = (change: Record<string, string> = {}) =>
    template.replace(/\{(\w+)\}/g, (_, name) => change[name] ?? encodeURIComponent(path[name] ?? name))
  const attack = (what: string, at: string, lines: string[] = [], body?: string): Attack => ({
    what: `${method} ${template} ${what.slice(0, 60)}`,
    bytes: rawRequest(method, at, [`Authorization: ${authorization}`, ...lines], body),
  })
  const json = (body: string) => ['Content-Type: application/json', `Content-Length: ${body.length}`]
  const named = (where: Parameter['in']) => parameters.filter(one => one.in === where).map(({ name }) => name)
  const { properties = {}, examples = [{}] } = Object.values(requestBody?.content ?? {})[0]?.schema ?? {}
  const ofProperty = (name: string) =>
    values.map(value =>
      JSON.stringify({ ...examples[0], [name]: 0 }).replace(`"${name}":0`, `"${name}":${value}`),
    )
  return [
    ...named('path').flatMap(name =>
      targets.map(value => attack(`${name}=${value}`, target({ [name]: value }))),
    ),
    ...['anything', ...named('query')]
      .flatMap(name => [
        ...targets.map(value => `${name}=${value}`),
        `${name}=a&${name}=b`,
        `${name}[$gt]=`,
        name,
      ])
      .map(query => attack(`?${query}`, `${target()}?${query}`)),
    ...['traceparent', 'accept', ...named('header')].flatMap(name => [
      ...headers.map(value => attack(`${name}: ${value}`, target(), [`${name}: ${value}`])),
      attack(`${name} twice`, target(), [`${name}: "1"`, `${name}: *`]),
    ]),
    ...(requestBody === undefined ? [] : [...bodies, ...Object.keys(properties).flatMap(ofProperty)]).map(
      body => attack(body, target(), json(body), body),
    ),
  ]
}
