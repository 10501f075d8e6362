/** A figure as a share of what it may be, or of what a peer does in the same run. */
export interface Figure {
  what: string
  measured: string
  against: string
  ratio: number
}

/** Takes a figure down. */
export type Add = (what: string, measured: string, against: string, ratio: number) => void
