import { testEveryDay } from '../support/every-day.ts'

testEveryDay(3, 4)
