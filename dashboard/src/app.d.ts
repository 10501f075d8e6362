import type { Asker } from '#lib/server/auth/asker.ts'

declare global {
  namespace App {
    interface Locals {
      /** Who asks; undefined on the few routes that are open to everybody. */
      asker: Asker | undefined
      theme: 'light' | 'dark' | 'system'
    }
    interface Error {
      message: string
      /** Names the failure in the server's log. */
      id?: string
    }
  }
}
