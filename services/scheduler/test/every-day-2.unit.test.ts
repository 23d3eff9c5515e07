import { testEveryDay } from './every-day.ts'

testEveryDay(1, 4)
