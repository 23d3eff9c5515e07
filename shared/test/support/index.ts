export { type SeenRecord, until, watchTopic } from './facts.ts'
export { type Answer, client, type RunningService, startService, token } from './service.ts'
export { AUTH_SECRET, makeStack, type Stack } from './stack.ts'
