/** The description of `cron` in the OpenAPI document, in Markdown. */
export const cronDescription = `The local times at which the schedule fires: \`minute hour day-of-month month day-of-week\`, separated by spaces. An optional second comes first.
- A field is \`*\`, numbers (\`1,5\`), ranges (\`1-5\`, or \`22-2\`, which wraps) or steps (\`*/5\`, \`10-30/5\`). Steps are counted anew in each hour, day or month. So a step that is larger than its field, such as \`*/90\`, is rejected: use \`every\`.
- Months and days of the week also have names: \`jan\`, \`mon-fri\`. Sunday is 0 or 7.
- Day of month can be \`L\` (the last day), \`L-3\` (three days before the last day), \`15W\` (the workday nearest to the 15th, Monday to Friday) or \`LW\` (the last workday).
- Day of week can be \`5L\` (the last Friday of the month) or \`5#2\` (the second Friday). In both day fields \`?\` means \`*\`.
- In place of all fields: \`@yearly\`, \`@annually\`, \`@monthly\`, \`@weekly\`, \`@daily\`, \`@midnight\`, \`@hourly\`.
- **Day of month *and* day of week must match**: \`0 0 13 * 5\` fires on every Friday the 13th. POSIX cron would fire on every 13th and on every Friday: create two schedules for that.

Clock changes of any size are handled as in Vixie cron:
- A **wildcard** is an expression whose minute or hour begins with \`*\`, such as \`*/5 * * * *\`, \`30 * * * *\` or \`@hourly\`. The second does not count. A wildcard follows elapsed time: it has no slots in local times that are skipped, and fires in both passes of local times that come twice.
- All other expressions have **fixed times**, such as \`30 2 * * *\` or \`@daily\`. Each local time fires once. A skipped time fires at the first instant after the gap, and several times in one gap are one slot. A time that comes twice fires in the first pass.
`
