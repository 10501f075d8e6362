/** How the hours of a day share the visits of a kind of source, in any unit: lunch, the evening's peak, the night's valley. */
export const hours = {
  everyday: [14, 7, 4, 3, 3, 5, 11, 20, 32, 42, 50, 52, 60, 55, 46, 46, 48, 46, 48, 60, 84, 98, 86, 46],
  live: [10, 4, 2, 1, 1, 2, 6, 12, 20, 28, 34, 36, 46, 42, 34, 34, 36, 38, 46, 80, 150, 170, 130, 50],
  work: [8, 4, 2, 2, 2, 4, 9, 20, 46, 70, 78, 72, 58, 62, 74, 74, 72, 60, 44, 46, 60, 66, 52, 24],
  late: [30, 14, 7, 4, 3, 4, 8, 16, 24, 32, 38, 44, 62, 56, 42, 40, 42, 44, 50, 62, 88, 104, 104, 70],
  messages: [6, 3, 2, 1, 1, 3, 8, 20, 38, 80, 90, 56, 60, 46, 40, 42, 40, 38, 44, 66, 110, 92, 56, 22],
} as const satisfies Record<string, readonly number[]>

export type Hours = keyof typeof hours
