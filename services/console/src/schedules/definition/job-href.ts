import { href } from '../../address/address.ts'

/** The page of a job. */
export const jobHref = (id: string): string => href(`/jobs/${encodeURIComponent(id)}`)
