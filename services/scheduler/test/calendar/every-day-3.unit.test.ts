import { testEveryDay } from '../support/every-day.ts'

// Part 3 of one test in four files: see testEveryDay.
testEveryDay(2, 4)
