const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The theme a cookie names; the system's when it names none. */
export const themeOf = (cookie: string | undefined): Theme => themes.find((theme) => theme === cookie) ?? 'system'
