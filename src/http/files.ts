/** Links to documents: signed, for one file and one person, for 24 hours. What is in the token is not our concern. */

import type { Router } from '@koa/router'
import { Limit } from './limit.ts'
import type { ServerOptions } from './options.ts'
import { Refusal } from './refusal.ts'

/** A file is made anew each time it is asked for; nobody opens one a second. */
const FILES_A_MINUTE = 60

export function addFiles(router: Router, { openLink, isReady, clock }: ServerOptions) {
  const files = new Limit(FILES_A_MINUTE, clock)
  router.get('/files/:token/:name', async (ctx) => {
    if (!isReady()) throw new Refusal(503)
    const { token = '', name = '' } = ctx.params
    const link = openLink(token, name)
    const wait = link && files.take(link.person)
    if (wait !== undefined) {
      ctx.set('Retry-After', String(wait))
      throw new Refusal(429)
    }
    const file = await link?.make()
    if (!file) {
      ctx.status = 404
      ctx.body = '链接打不开或已过期，请回到对话里再发一次“打印”。'
      return
    }
    ctx.type = file.contentType
    ctx.set('Content-Disposition', contentDisposition(name, file.contentType))
    ctx.body = file.bytes
  })
}

/** Chinese names travel percent-encoded (RFC 6266); old clients get the ending at least. */
function contentDisposition(name: string, type: string): string {
  const ending = /\.[0-9a-z]{1,8}$/i.exec(name)?.[0] ?? ''
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  // A picture is looked at; everything else is kept.
  const how = type.startsWith('image/') ? 'inline' : 'attachment'
  return `${how}; filename="document${ending}"; filename*=UTF-8''${encoded}`
}
