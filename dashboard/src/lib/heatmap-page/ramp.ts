type Stop = readonly [at: number, red: number, green: number, blue: number, alpha: number]

/** 256 colours of four bytes. */
function tableOf(stops: readonly Stop[]): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 4)
  for (let step = 0; step < 256; step++) {
    const at = step / 255
    const next = Math.max(
      1,
      stops.findIndex(([place]) => place >= at),
    )
    const [low, high] = [stops[next - 1] as Stop, stops[next] as Stop]
    const share = (at - low[0]) / (high[0] - low[0])
    for (let part = 0; part < 4; part++) {
      const [from, to] = [low[part + 1] as number, high[part + 1] as number]
      table[step * 4 + part] = Math.round(from + (to - from) * share)
    }
  }
  return table
}

/** Few to many: its lightness only rises, so it reads the same to every kind of colour blindness (after matplotlib's plasma). */
const heat = tableOf([
  [0, 13, 8, 135, 0],
  [0.13, 45, 5, 148, 0],
  [0.22, 65, 4, 157, 110],
  [0.3, 126, 3, 168, 150],
  [0.55, 204, 71, 120, 185],
  [0.8, 248, 149, 64, 210],
  [1, 240, 249, 33, 225],
])

/** Less to more, with nothing between: blue and orange, which nobody confuses. */
const difference = tableOf([
  [0, 5, 80, 158, 225],
  [0.25, 67, 147, 214, 180],
  [0.4, 146, 197, 222, 90],
  [0.44, 170, 210, 230, 0],
  [0.56, 253, 200, 140, 0],
  [0.6, 253, 190, 120, 90],
  [0.75, 240, 120, 20, 180],
  [1, 166, 54, 3, 225],
])

/**
 * Colours numbers: from nothing to the peak, or from −peak to peak. Roots bring out what is less.
 * @returns four bytes a number
 */
export function coloured(
  values: Float32Array,
  peak: number,
  kind: 'heat' | 'difference',
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length * 4)
  if (peak <= 0) return bytes
  const words = new Uint32Array(bytes.buffer)
  const table = new Uint32Array((kind === 'heat' ? heat : difference).buffer)
  for (let at = 0; at < values.length; at++) {
    const value = (values[at] as number) / peak
    if (kind === 'heat') {
      if (value > 0.01) words[at] = table[Math.min(255, Math.round(Math.sqrt(value) * 255))] as number
    } else if (Math.abs(value) > 0.01) {
      const shown = Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value)))
      words[at] = table[Math.round((shown + 1) * 127.5)] as number
    }
  }
  return bytes
}
