/** The parts of Playwright that the tests use. Its own types are there only when it is installed. */

export interface Playwright {
  chromium: { launch: (options: LaunchOptions) => Promise<Browser> }
}

export interface LaunchOptions {
  executablePath?: string
  channel?: string
  args?: string[]
  env?: Record<string, string>
}

export interface Browser {
  newContext: (options?: ContextOptions) => Promise<Context>
  close: () => Promise<void>
}

export interface ContextOptions {
  locale?: string
  timezoneId?: string
  viewport?: { width: number; height: number }
  colorScheme?: 'light' | 'dark'
  reducedMotion?: 'reduce'
}

export interface Context {
  newPage: () => Promise<Page>
  setOffline: (isOffline: boolean) => Promise<void>
  close: () => Promise<void>
}

export interface Page {
  goto: (url: string) => Promise<unknown>
  reload: () => Promise<unknown>
  url: () => string
  evaluate: <T>(script: string) => Promise<T>
  addInitScript: (script: string) => Promise<unknown>
  emulateMedia: (options: { colorScheme: 'light' | 'dark' }) => Promise<void>
  screenshot: (options?: { path?: string; fullPage?: boolean }) => Promise<Buffer>
  setViewportSize: (size: { width: number; height: number }) => Promise<void>
  on: (event: 'console' | 'pageerror' | 'request', listener: (about: never) => void) => void
  route: (url: string | RegExp, handler: (route: Route) => unknown) => Promise<void>
  unroute: (url: string | RegExp) => Promise<void>
  keyboard: {
    press: (key: string) => Promise<void>
    type: (text: string) => Promise<void>
    down: (key: string) => Promise<void>
    up: (key: string) => Promise<void>
  }
  mouse: { move: (x: number, y: number) => Promise<void> }
  clock: {
    setFixedTime: (time: string) => Promise<void>
    install: (options: { time: string }) => Promise<void>
    runFor: (ms: number) => Promise<void>
  }
  locator: (selector: string) => Locator
  getByRole: (role: string, options?: { name?: string | RegExp; exact?: boolean }) => Locator
  getByLabel: (text: string | RegExp, options?: { exact?: boolean }) => Locator
  getByText: (text: string | RegExp, options?: { exact?: boolean }) => Locator
  close: () => Promise<void>
}

export interface Route {
  request: () => { url: () => string }
  fulfill: (answer: Answer) => Promise<void>
  abort: () => Promise<void>
  continue: () => Promise<void>
}

interface Answer {
  status: number
  headers?: Record<string, string>
  contentType?: string
  body?: string
}

export interface Locator {
  click: () => Promise<void>
  fill: (text: string) => Promise<void>
  press: (key: string) => Promise<void>
  focus: () => Promise<void>
  hover: () => Promise<void>
  check: () => Promise<void>
  selectOption: (value: string) => Promise<unknown>
  waitFor: (options?: {
    state?: 'visible' | 'hidden' | 'attached' | 'detached'
    timeout?: number
  }) => Promise<void>
  count: () => Promise<number>
  first: () => Locator
  innerText: () => Promise<string>
  inputValue: () => Promise<string>
  isChecked: () => Promise<boolean>
  getAttribute: (name: string) => Promise<string | null>
  allInnerTexts: () => Promise<string[]>
  locator: (selector: string) => Locator
  getByRole: (role: string, options?: { name?: string | RegExp; exact?: boolean }) => Locator
  getByText: (text: string | RegExp, options?: { exact?: boolean }) => Locator
}
