/** The browser that tests drive; the start of the tests finds it. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
