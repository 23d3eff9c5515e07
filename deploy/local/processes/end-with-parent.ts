// Preloaded into a program (`node --import`) that knows nothing of its parent: ends it, in order, when the parent closes
// the channel or dies.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
