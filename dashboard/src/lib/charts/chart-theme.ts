/** What charts take from the design tokens, resolved for the theme that is on screen. */
export interface ChartTheme {
  text: string
  faint: string
  line: string
  surface: string
  current: string
  /** A second and a third series beside it. */
  second: string
  third: string
  comparison: string
  /** What is wrong. */
  bad: string
  font: string
  /** Pixels of a rem, which grows on walls. */
  rem: number
  /** Pixels that the chart is wide. */
  width: number
}

const tokens = {
  text: '--text',
  faint: '--text-faint',
  line: '--line',
  surface: '--surface',
  current: '--category-1',
  second: '--category-2',
  third: '--category-3',
  comparison: '--comparison',
  bad: '--bad',
} as const

/** Reads the tokens through an element, because only the browser resolves light-dark(). */
export function readChartTheme(element: HTMLElement): ChartTheme {
  const colours = Object.entries(tokens).map(([name, token]) => {
    const probe = element.appendChild(document.createElement('i'))
    probe.style.color = `var(${token})`
    const { color } = getComputedStyle(probe)
    probe.remove()
    return [name, color]
  })
  const root = getComputedStyle(document.documentElement)
  return {
    ...(Object.fromEntries(colours) as Record<keyof typeof tokens, string>),
    font: root.fontFamily,
    rem: Number.parseFloat(root.fontSize),
    width: element.clientWidth,
  }
}
