import { testEveryDay } from '../support/every-day.ts'

// Part 2 of one test in four files: see testEveryDay.
testEveryDay(1, 4)
