/** How much may be asked of the model, and whether it is worth asking: the circuit breaker and the budget. */

const MOST_AT_ONCE = 4
const FAILURES_TO_OPEN = 3
const OPEN_MS = 60_000
const HOUR_MS = 3_600_000
/** Characters an hour, asked and answered: some 700 questions. */
const CHARACTERS_AN_HOUR = 800_000

export class Allowance {
  readonly #now: () => number
  #running = 0
  #failures = 0
  /** Not asked for a while after; then one call tries whether it is back. */
  #closedAt = -Infinity
  #hour = 0
  #spent = 0

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Whether a call would be made now. */
  get isOpen(): boolean {
    this.#turnHour()
    const trying = this.#failures >= FAILURES_TO_OPEN
    return (
      // Also when the clock was put back.
      Math.abs(this.#now() - this.#closedAt) >= OPEN_MS &&
      this.#running < (trying ? 1 : MOST_AT_ONCE) &&
      this.#spent < CHARACTERS_AN_HOUR
    )
  }

  begin(characters: number): void {
    this.#turnHour()
    this.#running += 1
    this.#spent += characters
  }

  end(worked: boolean, characters: number): void {
    this.#running -= 1
    this.#spent += characters
    this.#failures = worked ? 0 : this.#failures + 1
    if (this.#failures >= FAILURES_TO_OPEN) this.#closedAt = this.#now()
  }

  #turnHour(): void {
    const hour = Math.floor(this.#now() / HOUR_MS)
    if (hour === this.#hour) return
    this.#hour = hour
    this.#spent = 0
  }
}
