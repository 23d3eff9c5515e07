// Preloaded into a service (`node --import`), which knows nothing of us: it ends, in order, when the stack that started
// it closes the channel or dies.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
