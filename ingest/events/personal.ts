import { createHmac } from 'node:crypto'
import { clickIds } from '@guanlan/warehouse/channel-signs'

const hashed = new Set(
  `email emailaddress mail useremail customeremail contactemail phone phonenumber mobile mobilephone mobilenumber
  telephone tel cellphone contactphone receiverphone`.split(/\s+/),
)

const dropped = new Set(
  `firstname lastname middlename fullname username nickname realname customername buyername guestname membername
  payername recipientname receivername receiver consignee contactname displayname address address1 address2
  addressline1 addressline2 street streetaddress shippingaddress billingaddress deliveryaddress birthday birthdate
  dateofbirth dob idcard idnumber identitycard passport ssn ip ipaddress clientip remoteip remoteaddr xforwardedfor
  useripaddress password passwd pwd token accesstoken refreshtoken idtoken authtoken sessiontoken secret clientsecret
  apikey apisecret secretkey privatekey accesskey writekey serverkey readkey authorization bearer jwt otp cookie
  cookies creditcard cardnumber creditcardnumber cvv cvc iban bankaccount advertisingid idfa imei`.split(/\s+/),
)

const hashedInChinese = /(?:邮箱|手机|手机号|手机号码|电话|电话号码)$/
const droppedInChinese = /(?:姓名|收货人|收件人|身份证|身份证号|地址|生日|密码)$/

/** Keys of persons' own ids, which some shops make of an address or a telephone number. */
const person = /(?:user|customer|visitor|anonymous|previous|buyer|member|client|guest|account|login|group|session)id$/

/** Keys that hold identifiers, where eleven digits are no telephone number. */
const identifier = /(id|ids|sku|no|number|code|key|time|timestamp|at)$/

type Treatment = 'keep' | 'hash' | 'drop' | 'id' | 'person'

const longestKey = 100

/** `billingAddress_2` → billing, address. */
const wordsOf = (key: string): string[] =>
  key
    .slice(-longestKey)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]*\d+$/u, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

function treat(key: string): Treatment {
  const words = wordsOf(key)
  // What comes before says whose it is: `user_password`, `buyerPhone`.
  const tails = words.map((_, index) => words.slice(index).join(''))
  const plain = tails[0] ?? ''
  if (tails.some((tail) => hashed.has(tail)) || hashedInChinese.test(plain)) return 'hash'
  if (tails.some((tail) => dropped.has(tail)) || droppedInChinese.test(plain)) return 'drop'
  if (person.test(plain)) return 'person'
  return identifier.test(plain) ? 'id' : 'keep'
}

/** A judgement of keys that is remembered. A sender chooses its keys: those remembered are bounded, in length too. */
function remembering<Judgement>(judge: (key: string) => Judgement): (key: string) => Judgement {
  const known = new Map<string, Judgement>()
  return (key) => {
    if (key.length > longestKey) return judge(key)
    let judgement = known.get(key)
    if (judgement === undefined) {
      if (known.size > 5000) known.clear()
      judgement = judge(key)
      // A copy: a name cut out of an address would hold on to the whole of it.
      known.set(Buffer.from(key).toString(), judgement)
    }
    return judgement
  }
}

/** What is done with the value of a key, in whatever spelling it comes: `firstName`, `first_name`, `First Name`. */
export const treatmentOf = remembering(treat)

// It begins at the beginning of a word only: from each letter anew, a long word would take minutes.
const email = /(?<![^\s@"'<>/?&=:;,()])[^\s@"'<>/?&=:;,()]+@[^\s@"'<>/?&=:;,()]+\.[a-z]{2,}/gi
const telephone = /^(?:\+\d{8,15}|(?:\+?86)?1[3-9]\d{9})$/
const telephoneInside = /(?<![\w.+/=%-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w/%-]|\.\d)/g
const secretParameter =
  /(?:^|_)(?:auth|sig|signature|sid|session|sessionid|session_id|code|ticket|openid|open_id|unionid|union_id)$/
const isSecret = remembering((name) => secretParameter.test(wordsOf(name).join('_')))
/** An address with or without its host, `pages/item?id=7`. */
const address = /^(?:[a-z][a-z\d+.-]*:\/\/|[\w./-]*[?#][^\s=]*=)/i
const deepestAddress = 2

const halves = (text: string, separator: string): [string, string?] => {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

const decode = (text: string): string => {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

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

  /** A text without e-mail addresses and telephone numbers. */
  text(value: string): string {
    const clean = this.#withoutEmail(value)
    return /\d{4}/.test(clean) ? clean.replace(telephoneInside, (match) => this.hash(match)) : clean
  }

  #withoutEmail(value: string): string {
    if (!value.includes('@') && !value.includes('%40')) return value
    const plain = value.replaceAll('%40', '@')
    const clean = plain.replace(email, (match) => this.hash(match))
    return clean === plain ? value : clean
  }

  /** The value of a property. */
  value(value: string, treatment: Treatment, depth = 0): string {
    if (treatment === 'hash') return value === '' ? value : this.hash(value)
    if (treatment === 'person') return this.pseudonym(value)
    // Under the key of an identifier eleven digits are one, but none begins with a plus.
    if ((treatment === 'keep' || value.startsWith('+')) && telephone.test(value)) return this.hash(value)
    if (address.test(value)) return this.url(value, depth)
    return treatment === 'id' ? this.#withoutEmail(value) : this.text(value)
  }

  /** An address without user, fragment, and parameters that carry secrets or persons. */
  url(value: string, depth = 0): string {
    if (!/[?#@]|%40/.test(value)) return value.slice(0, 2048)
    const bare = halves(value, '#')[0].replace(/^([a-z]+:\/\/)[^/?]*@/i, '$1')
    const [path, query] = halves(bare, '?')
    const clean = this.text(path)
    if (query === undefined || depth > deepestAddress) return clean.slice(0, 2048)
    const kept = query
      .slice(0, 8192)
      .split('&')
      .flatMap((pair) => this.#parameter(pair, depth))
    return (kept.length > 0 ? `${clean}?${kept.join('&')}` : clean).slice(0, 2048)
  }

  /** A parameter of an address, when it may stay. */
  #parameter(pair: string, depth: number): string[] {
    const [name, value] = halves(pair, '=')
    const plainName = decode(name)
    // That an advertisement was clicked tells the channel; which click it was would tell the platform who it was.
    if (clickIds.has(plainName.toLowerCase())) return [name]
    const treatment = treatmentOf(plainName)
    if (treatment === 'hash' || treatment === 'drop' || isSecret(plainName)) return []
    const plain = decode(value ?? '')
    const clean = this.value(plain, treatment, depth + 1)
    return [clean === plain ? pair : `${name}=${encodeURIComponent(clean)}`]
  }

  /** A text that was meant to be JSON: what its keys tell to be a person's or a secret is taken out. */
  brokenJson(text: string): string {
    const masked = text.replace(keyAndValue, (all, key: string, value: string) => {
      const treatment = treatmentOf(key)
      // Whose name it is only the tree around it would tell.
      if (treatment === 'drop' || key === 'name') return `"${key}":null`
      if (treatment !== 'hash' && treatment !== 'person') return all
      return `"${key}":"${this.value(value.replace(/^"|"$/g, ''), treatment)}"`
    })
    return this.text(masked)
  }
}

const keyAndValue = /"([^"\\]{1,100})"\s*:\s*("(?:[^"\\]|\\.)*"?|[^\s"[\]{},]+)/gs
