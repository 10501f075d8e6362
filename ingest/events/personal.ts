import { createHmac } from 'node:crypto'

const hashed = new Set(
  `email emailaddress mail useremail customeremail contactemail phone phonenumber mobile mobilephone mobilenumber
  telephone tel cellphone contactphone receiverphone 邮箱 手机 手机号 电话`.split(/\s+/),
)

const dropped = new Set(
  `firstname lastname middlename fullname username nickname realname customername receivername receiver consignee
  contactname displayname address address1 address2 addressline1 addressline2 street streetaddress shippingaddress
  billingaddress deliveryaddress birthday birthdate dateofbirth dob idcard idnumber identitycard passport ssn ip
  ipaddress clientip remoteip useripaddress password passwd pwd token accesstoken refreshtoken idtoken authtoken
  sessiontoken secret clientsecret apikey authorization cookie cookies creditcard cardnumber cvv cvc iban bankaccount
  advertisingid idfa imei 姓名 收货人 身份证 身份证号 地址 收货地址 生日 密码`.split(/\s+/),
)

/** Keys that hold identifiers, where eleven digits are no telephone number. */
const identifier = /(id|ids|sku|no|number|code|key|time|timestamp|at)$/

type Treatment = 'keep' | 'hash' | 'drop' | 'id'

function treat(key: string): Treatment {
  const plain = key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  if (hashed.has(plain)) return 'hash'
  if (dropped.has(plain)) return 'drop'
  return identifier.test(plain) ? 'id' : 'keep'
}

const treatments = new Map<string, Treatment>()

/** What is done with the value of a key, in whatever spelling it comes: `firstName`, `first_name`, `First Name`. */
export function treatmentOf(key: string): Treatment {
  let treatment = treatments.get(key)
  if (!treatment) {
    if (treatments.size > 5000) treatments.clear()
    treatment = treat(key)
    treatments.set(key, treatment)
  }
  return treatment
}

const email = /[^\s@"'<>/?&=:;,()]+(?:@|%40)[^\s@"'<>/?&=:;,()]+\.[a-z]{2,}/gi
const telephone = /^(?:\+\d{8,15}|(?:\+?86)?1[3-9]\d{9})$/
const secretParameter =
  /(?:^|[_-])(?:token|secret|password|passwd|pwd|auth|authorization|sig|signature|apikey|api_key|e?mail|phone|mobile|tel|jwt|otp|sid|session|sessionid|session_id|code|ticket|openid|unionid|ip)$/i

/** Removes and hashes personal data. One secret gives one hash, so a customer stays recognisable without being named. */
export class Personal {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** HMAC-SHA256, 128 bits of it. */
  hash(value: string): string {
    const hmac = createHmac('sha256', this.#secret).update(value.trim().toLowerCase())
    return `hmac_${hmac.digest('hex').slice(0, 32)}`
  }

  /** An identifier of a person, unless it is an address or a telephone number: then its hash. */
  pseudonym(id: string): string {
    return id.includes('@') || telephone.test(id) ? this.hash(id) : id
  }

  /** A text without e-mail addresses. */
  text(value: string): string {
    if (!value.includes('@') && !value.includes('%40')) return value
    return value.replace(email, (match) => this.hash(match.replace('%40', '@')))
  }

  /** The value of a property. */
  value(value: string, treatment: Treatment): string {
    if (treatment === 'hash') return value === '' ? value : this.hash(value)
    if (treatment === 'keep' && telephone.test(value)) return this.hash(value)
    if (/^https?:\/\//i.test(value)) return this.url(value)
    return this.text(value)
  }

  /** An address without user, fragment, and parameters that carry secrets or persons. */
  url(value: string): string {
    if (!/[?#@]|%40/.test(value)) return value.slice(0, 2048)
    const bare = this.text((value.split('#', 1)[0] ?? '').replace(/^([a-z]+:\/\/)[^/?]*@/i, '$1'))
    const [path = '', query] = bare.split(/\?(.*)/s)
    if (query === undefined) return path.slice(0, 2048)
    const kept = query.split('&').filter((pair) => !secretParameter.test(pair.split('=', 1)[0] ?? ''))
    return (kept.length > 0 ? `${path}?${kept.join('&')}` : path).slice(0, 2048)
  }
}
