import { expect, test } from 'vitest'
import { openAddress, sealAddress } from './address.ts'
import { SealError, seal, unseal } from './seal.ts'

const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6'

test('what is sealed is read with the same key and purpose alone, and never twice the same', () => {
  const sealed = seal('天青色等烟雨', 'key', 'contact point')
  expect(unseal(sealed, 'key', 'contact point')).toBe('天青色等烟雨')
  expect(sealed).not.toBe(seal('天青色等烟雨', 'key', 'contact point'))
  expect(() => unseal(sealed, 'other', 'contact point')).toThrow(SealError)
  expect(() => unseal(sealed, 'key', 'link')).toThrow(SealError)
})

test('a changed byte is seen, and so is text that was never sealed', () => {
  const sealed = seal('x'.repeat(50), 'key', 'p')
  const at = sealed.length - 8
  const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
  expect(() => unseal(changed, 'key', 'p')).toThrow(SealError)
  for (const text of ['', 'v1.', 'v2.AAAA', url]) expect(() => unseal(text, 'key', 'p')).toThrow(SealError)
})

test('an address is checked by its type before it is sealed, and hidden afterwards', () => {
  const sealed = sealAddress('wecom', { url }, 'key')
  expect(sealed).not.toContain('693a91f6')
  expect(openAddress('wecom', sealed, 'key')).toEqual({ url })
  expect(() => sealAddress('wecom', { url: 'file:///etc/passwd' }, 'key')).toThrow('https://')
  expect(() => sealAddress('email', { to: [], from: 'a@b.cn', smtp: { host: 'x' } }, 'key')).toThrow()
})
