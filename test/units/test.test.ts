import { runUnits } from './run-units.ts'

await runUnits('test')
