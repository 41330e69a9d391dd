import type { Day } from '../../clock.ts'
import type { Jurisdiction, NameRules } from '../../pack.ts'
import type { Categories } from './category.ts'

/** An answer that applies a rule of the document to what was said. */
export type Computed = {
  text: string
  sources: string[]
  /** The article that says the rule itself; it and the others named here need not be given besides. */
  article: string
  covers: string[]
  next?: string
}

/** What the rules may know. */
export type Given = { today: Day; jurisdiction: Jurisdiction; names: NameRules; categories: Categories }

/** Undefined when the question is not about this rule, or does not say enough to apply it. */
export type Rule = (question: string, given: Given) => Computed | undefined
