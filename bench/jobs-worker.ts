// The worker of the benchmarks of jobs: its handler returns the time at which it started.
import { worker } from '@daybook/worker'
import { Type } from 'typebox'

worker({ lane: 'bench', concurrency: 64 })
  .handle('nothing', Type.Unknown(), () => Date.now())
  .start()
