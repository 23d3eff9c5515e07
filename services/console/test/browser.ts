/** What the modules of the console need of a browser when they are loaded. A test imports this one before them. */

class FakeStorage {
  [name: string]: unknown
  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? (this[name] as string) : null
  }
  setItem(name: string, value: string): void {
    this[name] = value
  }
  removeItem(name: string): void {
    delete this[name]
  }
  clear(): void {
    for (const name of Object.keys(this)) delete this[name]
  }
}

/** The address of the page. */
export const page = new URL('http://daybook/ui/?code=1&state=2')
Object.assign(globalThis, {
  window: globalThis,
  sessionStorage: new FakeStorage(),
  localStorage: new FakeStorage(),
  location: page,
  history: { replaceState() {}, pushState() {} },
  addEventListener() {},
})

/** Answers each request with what a function says, and notes it as "METHOD /path". */
export function answerWith(answer: (request: string, sent: Request) => Response): string[] {
  const requests: string[] = []
  globalThis.fetch = async (input, init) => {
    const sent = new Request(new URL(input instanceof Request ? input.url : input, page), {
      method: input instanceof Request ? input.method : (init?.method ?? 'GET'),
      headers: input instanceof Request ? input.headers : {},
    })
    const request = `${sent.method} ${new URL(sent.url).pathname.replace('/services/tasks', '')}`
    requests.push(request)
    return answer(request, sent)
  }
  return requests
}

/** An error answer of a service. */
export const problem = (status: number): Response =>
  Response.json(
    { type: 'urn:daybook:error:X', title: 'x', status, detail: 'x' },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )
