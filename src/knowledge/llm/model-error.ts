/** The model gave nothing that can be used. `why` is a word for the log, never what it said. */
export class ModelError extends Error {
  override name = 'ModelError'
  readonly why: string
  /** Another attempt may help: it was busy, or fell over. */
  readonly isTransient: boolean
  constructor(why: string, { isTransient = false, cause }: { isTransient?: boolean; cause?: unknown } = {}) {
    super(`the model: ${why}`, { cause })
    this.why = why
    this.isTransient = isTransient
  }
}
