import { testEveryDay } from './every-day.ts'

testEveryDay(3, 4)
