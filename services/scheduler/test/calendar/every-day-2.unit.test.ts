import { testEveryDay } from '../support/every-day.ts'

testEveryDay(1, 4)
