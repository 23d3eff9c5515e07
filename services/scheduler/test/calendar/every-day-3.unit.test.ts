import { testEveryDay } from '../support/every-day.ts'

testEveryDay(2, 4)
