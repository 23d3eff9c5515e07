import { testEveryDay } from '../support/every-day.ts'

testEveryDay(0, 4)
