/** The browser's files and their sources, beside this folder. */
export const entries = {
  g: 'core/g.ts',
  vitals: 'vitals/vitals.ts',
} as const

export type FileName = keyof typeof entries

export const fileNames = Object.keys(entries) as FileName[]
