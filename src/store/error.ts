/**
 * The store cannot do what was asked: the folder is taken, a file is damaged, the disk refuses.
 * The message says where, what, and what the operator can do; it never holds personal data.
 */
export class StoreError extends Error {
  override name = 'StoreError'
}
