import { testEveryDay } from './every-day.ts'

testEveryDay(0, 4)
