/** Where a module is looked for: a module is named by its `data-module`, else by a selector. */
export function moduleSelectors(module: string): string[] {
  const quoted = module.replace(/["\\]/g, '\\$&')
  return [`[data-module="${quoted}"]`, module]
}
