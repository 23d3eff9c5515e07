import { runUnits } from './run-units.ts'

await runUnits('shared')
