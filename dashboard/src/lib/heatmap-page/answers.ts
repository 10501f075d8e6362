import type {
  changeRow,
  clickRow,
  elementRow,
  moduleRow,
  pageRow,
  scrollRow,
  versionRow,
  weekRow,
} from '@guanlan/warehouse/queries/heatmap/contract'
import type { z } from 'zod'

export type ClickRow = z.output<typeof clickRow>
export type ElementRow = z.output<typeof elementRow>
export type ModuleRow = z.output<typeof moduleRow>
export type PageRow = z.output<typeof pageRow>
export type WeekRow = z.output<typeof weekRow>
export type ScrollRow = z.output<typeof scrollRow>
export type VersionRow = z.output<typeof versionRow>
export type ChangeRow = z.output<typeof changeRow>

/** A part of the read API's heatmap. */
export interface Part<Row, Meta = object> {
  results: Row[]
  meta: { time_zone: string; currency: string; from: string; to: string } & Meta
}

/** A copy of a page as the server hands it out; `content` is JSON. */
export interface StoredCopy {
  path: string
  version: string
  width_class: string
  taken_at: string
  width: number
  height: number
  page_height: number
  title: string
  content: string
}
