import type { Disk, DiskFile } from './disk.ts'

/** Lines that are written and synced together. With `nextFile`, later lines go there. */
type Batch = {
  lines: (() => string)[]
  nextFile: string | undefined
  durable: Promise<void>
  resolve: () => void
  reject: (cause: unknown) => void
}

/**
 * The file that grows by one line per transaction. While the disk syncs one batch of lines the next one
 * gathers, so that concurrent transactions share a sync. After the first failure it writes nothing more: what
 * a failed sync left on disk is not known.
 */
export class Journal {
  readonly #disk: Disk
  readonly #folder: string
  #file: DiskFile
  #bytes: number
  #gathering: Batch[] = []
  #writing = false
  #latest: Promise<void> = Promise.resolve()
  #failure: { cause: unknown } | undefined

  /** `file` is open, whole and durable up to its end, `bytes` long. */
  constructor(disk: Disk, folder: string, file: DiskFile, bytes: number) {
    this.#disk = disk
    this.#folder = folder
    this.#file = file
    this.#bytes = bytes
  }

  /** Bytes in the present file, those still to be written not counted. */
  get bytes(): number {
    return this.#bytes
  }

  get failure(): { cause: unknown } | undefined {
    return this.#failure
  }

  /** Adds a line, made when it is written; resolves when it is durable. */
  append(line: () => string): Promise<void> {
    let batch = this.#gathering.at(-1)
    if (!batch || batch.nextFile !== undefined) batch = this.#gather()
    batch.lines.push(line)
    void this.#write()
    return batch.durable
  }

  /** Resolves when everything added so far is durable. */
  settled(): Promise<void> {
    return this.#latest
  }

  /** Later lines go to a new file; resolves when it is there and all earlier lines are durable. */
  continueIn(file: string): Promise<void> {
    const batch = this.#gather()
    batch.nextFile = file
    void this.#write()
    return batch.durable
  }

  /** After a failure: cuts off what nobody was promised. */
  async takeBack(): Promise<void> {
    await this.#latest.catch(() => {})
    await this.#file.truncate(this.#bytes)
    await this.#file.sync()
  }

  async close(): Promise<void> {
    await this.#latest.catch(() => {})
    await this.#file.close()
  }

  #gather(): Batch {
    const { promise, resolve, reject } = withResolvers()
    const batch = { lines: [], nextFile: undefined, durable: promise, resolve, reject }
    this.#gathering.push(batch)
    this.#latest = promise
    // Whoever waits hears of a failure; when nobody does, `failure` still tells.
    promise.catch(() => {})
    return batch
  }

  async #write(): Promise<void> {
    if (this.#writing) return
    this.#writing = true
    // The first line is not synced alone: those of its round share with it.
    await endOfRound()
    for (let batch = this.#gathering.shift(); batch; batch = this.#gathering.shift()) {
      try {
        if (this.#failure) throw this.#failure.cause
        await this.#writeBatch(batch)
        batch.resolve()
      } catch (cause) {
        this.#failure ??= { cause }
        batch.reject(cause)
      }
    }
    this.#writing = false
  }

  async #writeBatch({ lines, nextFile }: Batch): Promise<void> {
    if (lines.length > 0) {
      const bytes = Buffer.from(lines.map((line) => line()).join(''))
      await this.#file.write(bytes)
      await this.#file.sync()
      this.#bytes += bytes.length
    }
    if (nextFile === undefined) return
    const next = await this.#disk.open(nextFile, 'create')
    await this.#disk.syncFolder(this.#folder)
    await this.#file.close()
    this.#file = next
    this.#bytes = 0
  }
}

/** When everything that can go on now has gone on. */
const endOfRound = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (cause: unknown) => void } {
  let resolve!: () => void
  let reject!: (cause: unknown) => void
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
