import { testEveryDay } from '../support/every-day.ts'

// Part 1 of one test in four files: see testEveryDay.
testEveryDay(0, 4)
