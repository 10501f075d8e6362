import type { Segment } from '@guanlan/warehouse/queries/rfm/contract'
import { type Mode, modes } from './click-modes.ts'

const widthClasses = ['phone', 'tablet', 'laptop', 'wide'] as const
export type WidthClass = (typeof widthClasses)[number]

const segments = ['champions', 'loyal', 'potential_loyalist', 'new', 'need_attention', 'about_to_sleep', 'cant_lose', 'at_risk', 'hibernating', 'lost'] as const satisfies readonly Segment[] // biome-ignore format: a list

interface Params {
  get(name: string): string | null
}
const isVersion = (text: string | null): text is string => text !== null && /^[0-9a-f]{16}$/.test(text)
const among = <Name extends string>(names: readonly Name[], name: string | null) => names.find((each) => each === name)

/** What the address of a heatmap says beside its period; what it does not say is undefined. */
export function pageAddressOf(params: Params) {
  const [group, path] = [params.get('group') || undefined, params.get('path') || undefined]
  const version = params.get('version')
  const compareVersion = params.get('compare_version')
  const text = (name: string) => params.get(name)?.slice(0, 200) || undefined
  return {
    /** A path, when both are named: it is the narrower. */
    page: path ? { path } : group ? { group } : undefined,
    width_class: among(widthClasses, params.get('width_class')),
    filters: {
      version: isVersion(version) ? version : undefined,
      variant: text('variant'),
      channel: text('channel'),
      campaign: text('campaign'),
      visitors: among(['new', 'returning'] as const, params.get('visitors')),
      segment: among(segments, params.get('segment')),
      converted: among(['yes', 'no'] as const, params.get('converted')),
    },
    mode: (among(modes, params.get('mode')) ?? 'clicks') satisfies Mode as Mode,
    state: params.get('state') ?? '',
    compared: isVersion(compareVersion)
      ? ({ version: compareVersion } as const)
      : params.get('compare') === 'previous'
        ? ('previous' as const)
        : undefined,
    as: among(['side', 'difference'] as const, params.get('as')) ?? 'side',
    by: among(['module', 'slot'] as const, params.get('by')) ?? 'module',
    at: /^\d{4}-\d\d-\d\d$/.test(params.get('at') ?? '') ? (params.get('at') as string) : undefined,
  }
}
export type PageAddress = ReturnType<typeof pageAddressOf>
