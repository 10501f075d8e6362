/** Fen → yuan as decimal text. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2)
