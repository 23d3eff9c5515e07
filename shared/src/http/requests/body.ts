import { isUtf8 } from 'node:buffer'
import { MIMEType } from 'node:util'
import { errorCodes, type FastifyRequest } from 'fastify'
import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'
import { readIJson } from './i-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The header Content-Type. */
    contentType: string | undefined
  }
}

/**
 * Reads the bodies of all requests: uncompressed JSON in UTF-8. An empty body counts as no body, also when headers announce
 * one. The schema of a route decides whether the route needs a body. A route without a body schema accepts no body, `{}` and
 * `null`, which some clients send. It rejects any other body, because it would ignore the content.
 */
export function readBodies(app: App): void {
  app.decorateRequest('contentType', undefined)
  // Hides the header from Fastify, which rejects a media type before it checks whether there is a body.
  app.addHook('preParsing', async request => {
    request.contentType = request.headers['content-type']
    delete request.headers['content-type']
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, readBody)
}

async function readBody(request: FastifyRequest, bytes: Buffer): Promise<unknown> {
  if (bytes.length === 0) return undefined
  if (request.routeOptions.schema?.body === undefined) return refuseContent(bytes)
  if (!isJson(request)) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE()
  if (!isUtf8(bytes)) throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'The body is not valid UTF-8')
  // RFC 8259, 8.1: a parser may ignore a byte order mark.
  return readIJson(bytes.toString().replace(/^\uFEFF/, ''))
}

function refuseContent(bytes: Buffer): undefined {
  if (/^\s*(\{\s*\}|null)\s*$/.test(bytes.toString('latin1'))) return undefined
  throw new DaybookError(
    'DAYBOOK_REQUEST_INVALID',
    'This route takes no body: send the request without a body',
  )
}

function isJson({ method, headers, contentType = '' }: FastifyRequest): boolean {
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return false
  const type = mediaType(contentType)
  // RFC 7396 defines this media type for PATCH. The page at /docs and most clients send plain JSON.
  const isPatch = method === 'PATCH' && type?.essence === 'application/merge-patch+json'
  if (type?.essence !== 'application/json' && !isPatch) return false
  return /^utf-?8$/i.test(type.params.get('charset') ?? 'utf-8')
}

/** Parses a media type. @returns undefined for an invalid one */
function mediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_MIME_SYNTAX') return undefined
    throw error
  }
}
