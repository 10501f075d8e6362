import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { h, html, type Tag } from './markup.ts'
import { body, type Page } from './parts.ts'

export const style = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')
export const script = readFileSync(join(import.meta.dirname, 'shop.js'), 'utf8')

/** What a page is tracked by: attributes of the tag, `src` among them. */
export type Tracker = Readonly<Record<string, string>>

/** A page as a tree: the whole document. */
export const documentOf = (page: Page, tracker?: Tracker): Tag =>
  h(
    'html',
    { lang: 'zh-CN' },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', {}, page.title),
      h('link', { rel: 'stylesheet', href: '/style.css' }),
      tracker ? h('script', { defer: true, ...tracker }) : false,
      h('script', { defer: true, src: '/shop.js' }),
    ),
    body(page),
  )

export const pageHtml = (page: Page, tracker?: Tracker): string => `<!doctype html>${html(documentOf(page, tracker))}`
