import { z } from 'zod'
import type { contactPointTypes } from '../settings/alerting.ts'
import { seal, unseal } from './seal.ts'

const url = z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' }).max(2000)
const secret = z.string().max(500)
const mail = z.email().max(320)

/** Where a contact point of each type is, with its secrets. */
export const addresses = {
  /** A group robot: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`. */
  wecom: z.object({ url }),
  /** A group robot; with a secret it is signed. */
  dingtalk: z.object({ url, secret: secret.default('') }),
  feishu: z.object({ url, secret: secret.default('') }),
  /** An incoming webhook. */
  slack: z.object({ url }),
  email: z.object({
    to: z.array(mail).min(1).max(20),
    from: mail,
    smtp: z.object({
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535).default(465),
      secure: z.boolean().default(true),
      user: z.string().max(320).default(''),
      password: secret.default(''),
    }),
  }),
  /** Ours: JSON, signed with HMAC-SHA256 when there is a secret. */
  webhook: z.object({ url, secret: secret.default('') }),
  /** A gateway that takes an HTTP request; `{{phone}}` and `{{text}}` in the body are filled in, JSON-escaped. */
  sms: z.object({
    url,
    headers: z.record(z.string().max(100), secret).default({}),
    body: z.string().min(1).max(4000),
    phones: z
      .array(z.string().regex(/^\+?\d{3,20}$/))
      .min(1)
      .max(20),
    /** A regular expression that the answer's body must match to count as taken; none: any answer of 2xx. */
    ok: z.string().max(200).default(''),
  }),
} as const satisfies Record<(typeof contactPointTypes)[number], z.ZodType>
export type ContactPointType = keyof typeof addresses
export type Address<T extends ContactPointType> = z.output<(typeof addresses)[T]>

/** Seals an address for its contact point. @throws ZodError when it is not of the type's shape */
export const sealAddress = (type: ContactPointType, address: unknown, secretKey: string): string =>
  seal(JSON.stringify(addresses[type].parse(address)), secretKey, 'contact point')

/** @throws SealError when it was sealed with another SECRET_KEY, or is damaged */
export const openAddress = <T extends ContactPointType>(type: T, sealed: string, secretKey: string): Address<T> =>
  addresses[type].parse(JSON.parse(unseal(sealed, secretKey, 'contact point'))) as Address<T>
