import { createHash } from 'node:crypto'

/** A file as the form `media/upload` wants: one part `media`, its name as raw UTF-8 (path 90253). */
export function multipart(name: string, bytes: Buffer): { type: string; body: Buffer } {
  // Cannot occur in the file it is made from.
  const boundary = createHash('sha256').update(bytes).digest('hex')
  const shown = name.replace(/[\r\n]+/g, ' ').replaceAll('"', '%22')
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${shown}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
