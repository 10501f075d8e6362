/** A UUID of version 7, which `crypto.randomUUID` is not, and it is there on plain http too. */
export function uuid(): string {
  let hex = (Date.now() + 2 ** 48).toString(16).slice(1)
  for (const byte of crypto.getRandomValues(new Uint8Array(9))) hex += (byte + 256).toString(16).slice(1)
  return hex.replace(/(.{8})(.{4})(...)(...)/, '$1-$2-7$3-a$4-')
}
