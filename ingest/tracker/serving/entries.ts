/** The browser's files and their sources, beside this folder. */
export const entries = {
  g: 'core/g.ts',
  vitals: 'vitals/vitals.ts',
  heatmap: 'heatmap/heatmap.ts',
  snapshot: 'snapshot/snapshot.ts',
} as const

export type FileName = keyof typeof entries

export const fileNames = Object.keys(entries) as FileName[]
