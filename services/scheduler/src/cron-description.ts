/** What the OpenAPI document says about `cron`, in Markdown. */
export const cronDescription = `When it fires, in local time: \`minute hour day-of-month month day-of-week\`, and the second before them if need be.

Where clocks are changed it fires as by Vixie cron, however far they are changed:
- An expression whose minute or hour begins with \`*\` is a **wildcard** (\`*/5 * * * *\`, \`30 * * * *\`, \`@hourly\`; the second does not count). It follows elapsed time: it has no slots in local times that are skipped, and fires in both passes of those that come twice.
- Any other has **fixed times** (\`30 2 * * *\`, \`@daily\`), and each local time fires once: a skipped one at the first instant after the gap (several in one gap are one slot), one that comes twice in the first pass.
`
