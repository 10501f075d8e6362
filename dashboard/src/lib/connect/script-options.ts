/** The tracker's file of one version, as ingest tells it. */
export interface TrackerVersion {
  /** From ingest's address on. */
  path: string
  /** SHA-384, as the attribute has it. */
  integrity: string
}

/** What the tag of the script says besides whose it is. */
export interface ScriptOptions {
  consent: boolean
  cookieless: boolean
  /** The version that it is held to. */
  version: TrackerVersion | undefined
}

/** Nothing chosen: what most shops put in. */
export const plainScript: ScriptOptions = { consent: false, cookieless: false, version: undefined }

export const optionNames = ['consent', 'cookieless', 'pinned'] as const
export type OptionName = (typeof optionNames)[number]

/** Which options an address chooses: those that are named in it. */
export const chosenOptions = (params: { has(name: string): boolean }): ReadonlySet<OptionName> =>
  new Set(optionNames.filter((name) => params.has(name)))

/** What is chosen, as the tag says it; a version that nobody could tell is not held to. */
export const scriptOptionsOf = (
  chosen: ReadonlySet<OptionName>,
  version: TrackerVersion | undefined,
): ScriptOptions => ({
  consent: chosen.has('consent'),
  cookieless: chosen.has('cookieless'),
  version: chosen.has('pinned') ? version : undefined,
})
