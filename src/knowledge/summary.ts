import { isRight, OUT_OF_SCOPE, type Verdict } from './evaluate.ts'

export type Summary = {
  topics: { topic: string; right: number; all: number }[]
  right: number
  all: number
  /** Questions the document does not answer, and how many were told so. */
  refused: { right: number; all: number }
  /** Answers that said something they must not say. */
  wrong: number
  /** Answers without any of the expected sources. */
  uncited: number
  /** Answers in which nothing fitting was surely found. */
  unsure: number
  milliseconds: { p50: number; p99: number }
  /** Bytes the process grew by. */
  memory: number
}

/** What is asked of the answers without a model. */
const BARS = { right: 0.97, milliseconds: 20, memory: 150_000_000 }

export function summarise(verdicts: Verdict[], memory: number): Summary {
  const times = verdicts.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const count = (some: Verdict[]) => ({ right: some.filter(isRight).length, all: some.length })
  return {
    topics: [...new Set(verdicts.map(({ question }) => question.topic))].map((topic) => ({
      topic,
      ...count(verdicts.filter(({ question }) => question.topic === topic)),
    })),
    ...count(verdicts),
    refused: count(verdicts.filter(({ question }) => question.topic === OUT_OF_SCOPE)),
    wrong: verdicts.filter(({ wrong }) => wrong.length > 0).length,
    uncited: verdicts.filter(({ uncited }) => uncited).length,
    unsure: verdicts.filter(({ answer }) => answer.kind === 'suggest').length,
    milliseconds: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    memory,
  }
}

/** Nearest rank: with few questions the last is the slowest. */
const quantile = (sorted: number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0

export const passes = ({ right, all, refused, wrong, milliseconds, memory }: Summary): boolean =>
  all > 0 &&
  right / all >= BARS.right &&
  refused.right === refused.all &&
  wrong === 0 &&
  milliseconds.p99 < BARS.milliseconds &&
  memory < BARS.memory

/** What a person reads: the misses first, then the figures. */
export function report(summary: Summary, verdicts: Verdict[]): string[] {
  const misses = verdicts
    .filter((verdict) => !isRight(verdict))
    .map(({ question, missing, wrong, answer }) =>
      [
        `✗ ${question.id} ${question.q}`,
        ...(missing.length > 0
          ? [`  没说到：${missing.map((group) => group.slice(0, 3).join('/')).join('；')}`]
          : []),
        ...(wrong.length > 0 ? [`  不该说：${wrong.join('；')}`] : []),
        `  答的是：${answer.text.replaceAll('\n', ' ').slice(0, 120)}`,
      ].join('\n'),
    )
  const percent = (right: number, all: number) =>
    `${right}/${all}（${all === 0 ? 100 : ((100 * right) / all).toFixed(1)}%）`
  const { right, all, refused, wrong, uncited, unsure, milliseconds, memory } = summary
  return [
    ...misses,
    ...summary.topics.map((topic) => `${topic.topic}：${percent(topic.right, topic.all)}`),
    `全对：${percent(right, all)}（要${BARS.right * 100}%）`,
    `文件没写的，说了没写：${percent(refused.right, refused.all)}（要100%）`,
    `说错的：${wrong}（要0）　缺出处的：${uncited}　拿不准的：${unsure}`,
    `用时：p50 ${milliseconds.p50.toFixed(2)} 毫秒，p99 ${milliseconds.p99.toFixed(2)} 毫秒（要小于${BARS.milliseconds}）`,
    `内存：多用 ${(memory / 1_000_000).toFixed(0)} MB（要小于150）`,
    passes(summary) ? '达到要求。' : '没有达到要求。',
  ]
}
