import { testEveryDay } from './every-day.ts'

testEveryDay(2, 4)
