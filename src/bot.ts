import type { Clock } from './clock.ts'
import type { DirectoryKeeper } from './directory/keep.ts'
import type { CharterModel } from './documents/charter.ts'
import type { Templates } from './documents/templates.ts'
import type { FieldTypes } from './forms/field-type.ts'
import type { Answer } from './knowledge/compose.ts'
import type { Previous } from './knowledge/follow-up.ts'
import type { KnowledgeKeeper } from './knowledge/keeper.ts'
import type { Logger } from './log.ts'
import type { DocumentRef, UserId } from './messages.ts'
import type { Metrics } from './metrics.ts'
import type { Pack } from './pack.ts'
import type { Rephraser } from './receive/rephrase.ts'
import type { Store } from './store/store.ts'
import type { WecomClient } from './wecom/client.ts'
import type { GroupRobots } from './wecom/groups.ts'

/** Everything the parts that wait are handed, built once by `app.ts`. */
export type Bot = {
  store: Store
  /** People with their roles and places, and the groups; asked once a turn. */
  directory: DirectoryKeeper
  pack: Pack
  types: FieldTypes
  templates: Templates
  charter: CharterModel
  clock: Clock
  log: Logger
  metrics: Metrics
  newId(): string
  /** What the policy document says; `previous` is what was answered last. */
  tell(question: string, today: string, previous: Previous | undefined): Answer
  /** What the answers come from, and what they have learned. */
  knowledge: Pick<KnowledgeKeeper, 'labels' | 'wishIn' | 'redact' | 'learned' | 'learn'>
  /** Absent without a model. */
  rephraser?: Rephraser
  /** An absolute, signed link to a document for one person. */
  linkTo(document: DocumentRef, person: UserId): string
  /** Absent without a self-built app: then nothing can be pushed to a person. */
  client: WecomClient | undefined
  /** The push robots of groups. */
  groups: GroupRobots
  /** Base address of WeCom's API, for response_url and media checks. */
  apiBase: string
  /** The robot's EncodingAESKey, which its files are encrypted with, and older ones; empty without a robot. */
  robotAesKeys: string[]
  /** Something is due in the outbox now. */
  wake(): void
}
