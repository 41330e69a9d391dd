/** Those who want the same thing follow one another. */
export class Lines {
  readonly #last = new Map<string, Promise<void>>()

  /** Somebody who may take one place in one line; having it, they wait in no other, so that nobody waits in a ring. */
  begin(): { take(name: string): Promise<void>; leave(): void } {
    let leave: (() => void) | undefined
    return {
      take: async (name) => {
        if (leave) return
        const before = this.#last.get(name)
        const mine = new Promise<void>((resolve) => {
          leave = () => {
            if (this.#last.get(name) === mine) this.#last.delete(name)
            resolve()
          }
        })
        this.#last.set(name, mine)
        await before
      },
      leave: () => leave?.(),
    }
  }
}
