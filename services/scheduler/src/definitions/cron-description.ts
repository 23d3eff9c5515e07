/** What the OpenAPI document says about `cron`, in Markdown. */
export const cronDescription = `When it fires, in local time: \`minute hour day-of-month month day-of-week\`, and the second before them if need be; spaces between them.
- Each field is \`*\`, numbers (\`1,5\`), ranges (\`1-5\`, also \`22-2\`) or steps (\`*/5\`, \`10-30/5\`). A step begins anew with each hour, day or month, so one that is larger than its field is refused (\`*/90\`): use \`every\` for it.
- Months and days of the week have names as well (\`jan\`, \`mon-fri\`); Sunday is 0 and 7.
- Day of month also takes \`L\` (the last), \`L-3\` (three days before the last), \`15W\` (the day from Monday to Friday that is nearest to the 15th) and \`LW\` (the last such day); day of week \`5L\` (the last Friday) and \`5#2\` (the second Friday); either of them \`?\` for \`*\`.
- In place of fields: \`@yearly\`, \`@annually\`, \`@monthly\`, \`@weekly\`, \`@daily\`, \`@midnight\`, \`@hourly\`.
- **Day of month *and* day of week must match**: \`0 0 13 * 5\` is due on each Friday the 13th. In POSIX cron it would be due on each 13th and on each Friday: make two schedules for that.

Where clocks are changed it fires as by Vixie cron, however far they are changed:
- An expression whose minute or hour begins with \`*\` is a **wildcard** (\`*/5 * * * *\`, \`30 * * * *\`, \`@hourly\`; the second does not count). It follows elapsed time: it has no slots in local times that are skipped, and fires in both passes of those that come twice.
- Any other has **fixed times** (\`30 2 * * *\`, \`@daily\`), and each local time fires once: a skipped one at the first instant after the gap (several in one gap are one slot), one that comes twice in the first pass.
`
