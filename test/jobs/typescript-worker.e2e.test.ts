import t from 'tap'
import { testCapabilities } from './capabilities.ts'
import { startTypeScriptWorker } from './support/workers.ts'

t.test('with workers in TypeScript', t => testCapabilities(t, startTypeScriptWorker))
