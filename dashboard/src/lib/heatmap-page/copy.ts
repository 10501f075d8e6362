import { scrollerOf } from './scroller.ts'

/** A page that stands in its frame. */
export interface Copy {
  document: Document
  /** Of the viewport, in CSS pixels. */
  width: number
  height: number
  /** What scrolls it, and how long that is. */
  scroller: Element
  pageHeight: number
}

/** Measures the page that has been built into a frame. */
export function measureCopy(document: Document, { width, height }: { width: number; height: number }): Copy {
  const scroller = scrollerOf(document)
  return { document, width, height, scroller, pageHeight: Math.max(height, scroller.scrollHeight) }
}
