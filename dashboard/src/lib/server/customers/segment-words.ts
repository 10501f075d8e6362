import { type Segment, segments } from '@guanlan/warehouse/queries/rfm/contract'
import type { Language } from '#lib/format/intl.ts'

/** The segments in a language, with the rule that makes each. */
export type SegmentWords = Record<Segment, { label: string; rule: string }>

export const segmentWords = (language: Language): SegmentWords =>
  Object.fromEntries(
    Object.entries(segments).map(([name, words]) => [name, { label: words[language], rule: words.rule }]),
  ) as SegmentWords
