/** A UUID of version 7, which `crypto.randomUUID` is not, and it is there on plain http too. */
export function uuid(): string {
  const at = Date.now().toString(16).padStart(12, '0')
  let random = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(9))) random += (byte + 256).toString(16).slice(1)
  return `${at.slice(0, 8)}-${at.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`
}
