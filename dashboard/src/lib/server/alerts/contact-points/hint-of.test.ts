import { addresses } from '@guanlan/warehouse/alerts/address'
import { expect, test } from 'vitest'
import { hintOf } from './hint-of.ts'

test('a robot is known by its host and the last letters of its key', () => {
  const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa'
  expect(hintOf('wecom', { url })).toBe('qyapi.weixin.qq.com …5aaa')
  expect(hintOf('slack', { url: 'https://hooks.slack.com/services/T000/B000/abcdefghijkl' })).toBe(
    'hooks.slack.com …ijkl',
  )
})

test('of a short key, and of the path of a webhook, nothing is told', () => {
  expect(hintOf('dingtalk', { url: 'https://oapi.dingtalk.com/robot/send?access_token=abc', secret: '' })).toBe(
    'oapi.dingtalk.com …',
  )
  expect(hintOf('webhook', { url: 'https://hooks.example.com/secret-path/1234567890', secret: 's' })).toBe(
    'hooks.example.com',
  )
})

test('inboxes and phones are masked', () => {
  const smtp = { host: 'smtp.example.com' }
  const mail = addresses.email.parse({ to: ['zhang@example.com', 'li@example.com'], from: 'a@b.cn', smtp })
  expect(hintOf('email', mail)).toBe('z…@example.com +1 · smtp.example.com')
  const sms = addresses.sms.parse({ url: 'https://sms.example.com/send', body: '{}', phones: ['13800138000'] })
  expect(hintOf('sms', sms)).toBe('sms.example.com · …8000')
})
