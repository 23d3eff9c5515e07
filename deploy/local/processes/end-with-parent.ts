// Ends a program when its parent closes the IPC channel or dies. Preloaded (`node --import`) into programs that do not
// know about their parent. They receive SIGTERM, so they shut down in order.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
