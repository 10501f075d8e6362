import { expect, test } from 'vitest'
import { widthClassOf } from './width-class.ts'

test('a width belongs to the class that begins at it', () => {
  expect([0, 599, 600, 1023, 1024, 1439, 1440, 5000].map(widthClassOf)).toEqual([
    'phone',
    'phone',
    'tablet',
    'tablet',
    'laptop',
    'laptop',
    'wide',
    'wide',
  ])
})
