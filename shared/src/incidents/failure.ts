/** Something that fails now, as a mail tells it. */
export interface Failure {
  /** What fails, for people: `runs`, `messages to reporting-projection`. Failures of one topic and error share a mail. */
  about: string
  /** The error. Its first line, without numbers, ids and quoted parts, tells errors apart. */
  error: string
  /** What of the topic fails, as a run id. A failure that is told again with the same subject and instant counts once. */
  subject: string
  /** The id of the subject in the REST API. Default: the subject. */
  id?: string
  /** Since when it fails: the same instant whichever process tells it, and however often. */
  at: Date
  /** What to do, and where to read more. */
  link?: string
}

/** A topic of which nothing fails any more. */
export interface Over {
  about: string
  /** When this was looked at: failures that began later are not over. */
  at: Date
}

/** Tells people about failures. */
export interface Teller {
  /** Rejects in an outage: tell the same failures again, even if some of them are told already. */
  failed: (failures: readonly Failure[]) => Promise<void>
  over: (topics: readonly Over[]) => Promise<void>
}
