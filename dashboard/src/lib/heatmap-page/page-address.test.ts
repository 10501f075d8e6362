import { expect, test } from 'vitest'
import type { VersionRow } from './answers.ts'
import { pageAddressOf } from './page-address.ts'
import { usualWidth, widthsOf } from './widths-of.ts'

const read = (search: string) => pageAddressOf(new URLSearchParams(search))

test('an address names a page, how it is looked at, and what it is compared with', () => {
  expect(read('group=/p/*&width_class=phone&converted=yes&mode=rage&compare=previous&as=difference')).toMatchObject({
    page: { group: '/p/*' },
    width_class: 'phone',
    filters: { converted: 'yes', version: undefined },
    mode: 'rage',
    compared: 'previous',
    as: 'difference',
  })
  expect(read('path=/a&group=/*').page).toEqual({ path: '/a' })
  expect(read(`path=/a&compare_version=${'a'.repeat(16)}`).compared).toEqual({ version: 'a'.repeat(16) })
})

test('what makes no sense is as if it were not there', () => {
  expect(read('mode=loud&width_class=9&version=zz&visitors=some&at=soon')).toMatchObject({
    page: undefined,
    width_class: undefined,
    mode: 'clicks',
    state: '',
    filters: { version: undefined, visitors: undefined },
    at: undefined,
    compared: undefined,
  })
})

test('the width to begin with has a copy, and of those the most views', () => {
  const row = (width_class: string, views: number, has_snapshot: boolean): VersionRow => ({ version: 'a', width_class, first_seen: '', last_seen: '', views, has_snapshot }) // biome-ignore format: one line
  const widths = widthsOf([
    row('wide', 9, false),
    row('phone', 2, true),
    row('laptop', 3, true),
    row('laptop', 4, false),
  ])
  expect(widths).toEqual([
    { name: 'phone', views: 2, has_snapshot: true },
    { name: 'laptop', views: 7, has_snapshot: true },
    { name: 'wide', views: 9, has_snapshot: false },
  ])
  expect(usualWidth(widths)).toBe('laptop')
  expect(usualWidth([])).toBe('phone')
})
