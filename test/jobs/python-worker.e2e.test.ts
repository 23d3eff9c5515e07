import { join } from 'node:path'
import t from 'tap'
import { pythonEnvironment } from '../support/python-environment.ts'
import { testCapabilities } from './capabilities.ts'
import { startPythonWorker } from './support/workers.ts'

const requirements = join(import.meta.dirname, '../../examples/workers/python/requirements.txt')
const bin = await pythonEnvironment('python-worker', requirements).catch(error => error as Error)
const skip = bin instanceof Error && `the Python client of Kafka cannot be installed here: ${bin.message}`

t.test('with workers in Python', { skip }, t =>
  testCapabilities(t, startPythonWorker(join(bin as string, 'python'))),
)
