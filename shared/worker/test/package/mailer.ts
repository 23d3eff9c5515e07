interface Mail {
  invoice: number
  to: string
}

/** A mailer that sends nothing, and says what it was told. */
export const mailer = {
  async send(
    { invoice, to }: Mail,
    { idempotencyKey, signal }: { idempotencyKey: string; signal: AbortSignal },
  ) {
    signal.throwIfAborted()
    return `invoice ${invoice} to ${to} as ${idempotencyKey}`
  },
}
