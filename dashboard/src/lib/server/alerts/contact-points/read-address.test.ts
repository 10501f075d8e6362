import { expect, test } from 'vitest'
import { formOf } from '../../../../../testing/open-settings.ts'
import { readAddress } from './read-address.ts'

const url = 'https://oapi.dingtalk.com/robot/send?access_token=abcdefgh'

test('what is left empty stays as it was, and a secret can be taken away', async () => {
  const old = { url, secret: 'SEC1' }
  expect(readAddress('dingtalk', await formOf({ url: '', secret: '' }), old)).toEqual({ address: old })
  expect(readAddress('dingtalk', await formOf({ secret: 'SEC2' }), old)).toEqual({ address: { url, secret: 'SEC2' } })
  expect(readAddress('dingtalk', await formOf({ no_secret: 'on' }), old)).toEqual({ address: { url, secret: '' } })
})

test('what is wrong is named by its field', async () => {
  const wrong = async (type: Parameters<typeof readAddress>[0], fields: Record<string, string>) => {
    const read = readAddress(type, await formOf(fields), undefined)
    return 'fields' in read ? Object.keys(read.fields).sort() : []
  }
  expect(await wrong('wecom', { url: 'ftp://x' })).toEqual(['url'])
  expect(await wrong('email', { to: 'nobody', from: 'a@b.cn', host: '', port: '0' })).toEqual(['host', 'port', 'to'])
  expect(await wrong('sms', { url, body: '', phones: '' })).toEqual(['body', 'phones'])
})

test('lists are told by line or comma, headers by line', async () => {
  const mail = await formOf({
    to: 'a@b.cn，c@d.cn\ne@f.cn',
    from: 'x@y.cn',
    host: 'smtp.y.cn',
    port: '587',
    secure: 'no',
  })
  expect(readAddress('email', mail, undefined)).toMatchObject({
    address: { to: ['a@b.cn', 'c@d.cn', 'e@f.cn'], smtp: { host: 'smtp.y.cn', port: 587, secure: false } },
  })
  const sms = await formOf({
    url,
    body: 'x',
    phones: '13800138000',
    headers: 'Authorization: Basic a,b;c\nX-A: 1\r\nContent-Type: application/json; charset=utf-8',
  })
  expect(readAddress('sms', sms, undefined)).toMatchObject({
    address: {
      headers: { Authorization: 'Basic a,b;c', 'X-A': '1', 'Content-Type': 'application/json; charset=utf-8' },
    },
  })
})
