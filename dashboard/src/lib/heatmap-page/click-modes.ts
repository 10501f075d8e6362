/** Which clicks are drawn, and where a point tells their number: [x, y, clicks, dead, rage, error]. */
export const clickModes = { clicks: 2, dead: 3, rage: 4, error: 5 } as const
export type ClickMode = keyof typeof clickModes

export const modes = ['clicks', 'dead', 'rage', 'error', 'modules', 'scroll', 'attention'] as const
export type Mode = (typeof modes)[number]

export const isClickMode = (mode: Mode): mode is ClickMode => mode in clickModes
