import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

/** Bytes after unpacking. A roster of 2,000 people needs less than one. */
const MOST_BYTES = 50 * 1024 * 1024
const MOST_BYTES_OF_ENTRY = 30 * 1024 * 1024
const MOST_ENTRIES = 200

/**
 * Why a zip file must not be opened, or undefined when it is safe: first by what its directory says, then by
 * unpacking it without keeping anything, because a directory can lie. `parsed` is read by this process itself, so
 * no more of it is let through than can be read in a moment.
 */
export async function zipProblem(
  bytes: Buffer,
  parsed?: { names: readonly string[]; mostBytes: number },
): Promise<'malformed' | 'tooLarge' | undefined> {
  let zip: ZipFile
  try {
    zip = await open(bytes)
  } catch {
    return 'malformed'
  }
  try {
    if (zip.entryCount > MOST_ENTRIES) return 'tooLarge'
    const entries = await entriesOf(zip)
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    if (total > MOST_BYTES || entries.some((entry) => entry.uncompressedSize > MOST_BYTES_OF_ENTRY))
      return 'tooLarge'
    const own = entries.filter(({ fileName }) => parsed?.names.includes(fileName))
    if (parsed && own.some((entry) => entry.uncompressedSize > parsed.mostBytes)) return 'tooLarge'
    for (const entry of entries) await unpack(zip, entry)
    return undefined
  } catch {
    return 'malformed'
  } finally {
    zip.close()
  }
}

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    ),
  )

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.once('end', () => resolve(entries))
    zip.once('error', reject)
    zip.readEntry()
  })

/** yauzl ends the stream with an error as soon as there is more than the directory says. */
const unpack = (zip: ZipFile, entry: Entry): Promise<void> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error)
      stream.on('error', reject).on('end', resolve).resume()
    }),
  )
