import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Real shop data beside the checkout; it is never part of the project, so a clone alone lacks it. */
export const shopData = fileURLToPath(new URL('../../shared/data/shop/', import.meta.url))

export const hasShopData = existsSync(shopData)

if (!hasShopData) process.stderr.write(`Skipped: there is no real shop data at ../shared/data, beside the checkout.\n`)
