import { runUnits } from './run-units.ts'

await runUnits('tools')
