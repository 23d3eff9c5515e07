import { testEveryDay } from '../support/every-day.ts'

// Part 4 of one test in four files: see testEveryDay.
testEveryDay(3, 4)
