/** An instant as the store's clock showed it, to the minute: 2026-11-24 18:04. */
export const instantText = (timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso))
