/**
 * The path of a sparkline in a box, oldest point left; null leaves a gap. It begins at zero unless values are negative,
 * so that a flat line looks flat.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(0, ...known), Math.max(...known, Number.MIN_VALUE)]
  const step = values.length > 1 ? width / (values.length - 1) : 0
  let pen = 'M'
  let path = ''
  values.forEach((value, at) => {
    if (value === null) {
      pen = 'M'
      return
    }
    const y = height - ((value - low) / (high - low || 1)) * height
    path += `${pen}${round(at * step)} ${round(y)}`
    pen = 'L'
  })
  return path
}

const round = (value: number) => Math.round(value * 100) / 100
