import { m } from '#lib/paraglide/messages.js'

const shortest = 10
const longest = 1024

/** What is wrong with a password that somebody chooses, in words; undefined for a good one. */
export function passwordProblem(password: string, again: string, email: string): Record<string, string> | undefined {
  if (password.length < shortest) return { password: m.settings_password_short({ least: shortest }) }
  if (password.length > longest) return { password: m.settings_wrong_long({ most: longest }) }
  if (new Set(password).size < 4 || password.toLowerCase() === email.toLowerCase()) {
    return { password: m.settings_password_weak() }
  }
  return password === again ? undefined : { again: m.settings_password_differs() }
}
