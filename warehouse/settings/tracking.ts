import { z } from 'zod'

const selector = z.string().trim().min(1, 'must not be empty').max(200)
const selectors = z.array(selector).max(100).default([])

/** `/product/*`: `*` is anything within one part of a path, `**` anything at all. */
const pagePattern = z
  .string()
  .max(200)
  .regex(/^\/[^?#\s]*$/, 'must be a path with * for what differs, as in /product/*')

/** What the browser script of a store sends for heatmaps, and how its pages are grouped. */
export const tracking = z.object({
  /** The share of visitors whose clicks and readings are taken. */
  heatmap_rate: z.number().min(0).max(1).default(1),
  /** Of a page or group of pages so many views a day are taken. */
  daily_views_per_page: z.int().min(0).max(1_000_000).default(5000),
  /** Whether copies of pages are taken to stand behind heatmaps. */
  snapshots: z.boolean().default(true),
  /** Elements whose text is masked in the browser, as CSS selectors. */
  mask: selectors,
  /** Elements that are left out of copies. */
  block: selectors,
  /** What is a module, where `data-module` does not say; empty: the tracker's own rule. */
  module_selector: z.string().trim().max(500).default(''),
  page_groups: z
    .array(pagePattern)
    .max(50)
    .default(['/product/*', '/products/*', '/collections/*/products/*', '/item/*', '/goods/*']),
})
export type Tracking = z.output<typeof tracking>

/** What a store has that says nothing of it. */
export const usualTracking: Tracking = tracking.parse({})
