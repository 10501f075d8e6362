/** Of a whole, 0…1 in steps of a ten-thousandth; what lies outside is at its edge. */
export const share = (part: number, whole: number): number =>
  Math.round(Math.min(1, Math.max(0, part / (whole || 1))) * 1e4) / 1e4
