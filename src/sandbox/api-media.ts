import type Router from '@koa/router'
import { type Call, type Calls, Refusal } from './api-call.ts'
import { asAttachment, encryptMedia, pictureType } from './media.ts'
import type { Platform } from './platform.ts'
import type { Attachment } from './world.ts'

/** Temporary media (path 90253, 90256) and the host a robot downloads from (path 100719). */

const MB = 1024 * 1024
const LEAST_BYTES = 5
const mostBytes: Record<string, number> = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB }

export function mediaCalls(platform: Platform): Calls {
  const upload = (call: Call, owner: string, types: string[]) => {
    const type = call.query('type')
    const most = types.includes(type) ? mostBytes[type] : undefined
    if (most === undefined) throw new Refusal(40004, `invalid media type ${type}`)
    const attachment = readUpload(call)
    if (attachment.bytes.length <= LEAST_BYTES) throw new Refusal(40006, 'the file has 5 bytes or less')
    if (attachment.bytes.length > most) throw new Refusal(45001, 'media size out of limit')
    if (type === 'image' && !pictureType(attachment.bytes)) throw new Refusal(40005, 'neither JPG nor PNG')
    const mediaId = platform.media.upload(attachment, type, owner)
    const created = Math.floor(platform.clock.now().getTime() / 1000)
    return { errmsg: '', type, media_id: mediaId, created_at: String(created) }
  }
  return {
    '/cgi-bin/media/upload': (call) => upload(call, 'corp', ['image', 'voice', 'video', 'file']),
    '/cgi-bin/webhook/upload_media': (call) => upload(call, call.query('key'), ['voice', 'file']),
    '/cgi-bin/media/get': (call) => {
      const file = platform.media.find(call.query('media_id'), 'corp')
      if (!file) throw new Refusal(40007, 'invalid media_id')
      return { file: Buffer.from(file.bytes), name: file.name }
    },
  }
}

/** The part named `media` of a multipart body, its name in raw UTF-8. */
function readUpload(call: Call): Attachment {
  const boundary = /boundary="?([^";]+)"?/.exec(call.contentType)?.[1]
  if (boundary === undefined) throw new Refusal(44001, 'empty media data: no multipart boundary')
  const body = call.body
  const marker = Buffer.from(`--${boundary}`)
  for (let at = body.indexOf(marker); at >= 0;) {
    const end = body.indexOf(marker, at + marker.length)
    const split = body.indexOf('\r\n\r\n', at)
    if (end < 0 || split < 0 || split > end) break
    const head = body.toString('utf8', at + marker.length, split)
    const name = /filename="([^"]*)"/i.exec(head)?.[1]
    if (/name="media"/i.test(head)) {
      if (!name) throw new Refusal(44001, 'empty media data: the part has no filename')
      return { name, bytes: body.subarray(split + 4, end - 2) }
    }
    at = end
  }
  throw new Refusal(44001, 'empty media data: no part named media')
}

export function serveFiles(router: Router, platform: Platform): void {
  router.get('/robot-media/:id', (ctx) => {
    const file = platform.media.find(ctx.params['id'] ?? '', 'robot')
    if (!file) {
      platform.world.violate('media-expired', '下载地址不对，或者已经过了五分钟')
      ctx.status = 404
      return
    }
    ctx.set('content-disposition', asAttachment(file.name))
    ctx.type = 'application/octet-stream'
    ctx.body = encryptMedia(platform.robot.aesKey, file.bytes)
  })
  router.get('/picture/:id', (ctx) => {
    const file = platform.media.find(ctx.params['id'] ?? '', 'corp')
    if (!file) return
    ctx.type = 'application/octet-stream'
    ctx.body = Buffer.from(file.bytes)
  })
}
