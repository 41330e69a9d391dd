/**
 * Works something out once for each object that never changes, such as a field or a draft, and forgets it with
 * the object. Every message is looked at with the words of every field: they are prepared once.
 */
export function oncePer<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const done = new WeakMap<K, { value: V }>()
  return (key) => {
    const known = done.get(key)
    if (known) return known.value
    const value = work(key)
    done.set(key, { value })
    return value
  }
}
