/** Links to documents: signed, for one file and one person, for 24 hours. What is in the token is not our concern. */

import type { Router } from '@koa/router'
import type { ServerOptions } from './options.ts'

export function addFiles(router: Router, { openFile }: ServerOptions) {
  router.get('/files/:token/:name', async (ctx) => {
    const { token = '', name = '' } = ctx.params
    const file = await openFile(token, name)
    if (!file) {
      ctx.status = 404
      ctx.body = '链接打不开或已过期，请回到对话里再发一次“打印”。'
      return
    }
    ctx.type = file.contentType
    ctx.set('Content-Disposition', contentDisposition(name))
    ctx.body = file.bytes
  })
}

/** Chinese names travel percent-encoded (RFC 6266); old clients get the ending at least. */
function contentDisposition(name: string): string {
  const ending = /\.[0-9a-z]{1,8}$/i.exec(name)?.[0] ?? ''
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="document${ending}"; filename*=UTF-8''${encoded}`
}
