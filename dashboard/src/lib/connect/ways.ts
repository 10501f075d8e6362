import type { Signal } from '@guanlan/warehouse/queries/arrivals/contract'
import Braces from '@lucide/svelte/icons/braces'
import ChartNoAxesColumn from '@lucide/svelte/icons/chart-no-axes-column'
import CodeXml from '@lucide/svelte/icons/code-xml'
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet'
import ServerCog from '@lucide/svelte/icons/server-cog'
import { m } from '#lib/paraglide/messages.js'
import {
  curlSnippet,
  type Filling,
  ga4Snippet,
  importSnippet,
  mappingSnippet,
  ordersSnippet,
  policySnippet,
  recordsNodeSnippet,
  refundsSnippet,
  scriptEventsSnippet,
  scriptSnippet,
  segmentBrowserSnippet,
  segmentNodeSnippet,
} from './snippets.ts'

interface Snippet {
  label: () => string
  code: (filling: Filling) => string
}

/** A sign that a way works: facts of these signals have arrived. */
interface Watched {
  label: () => string
  signals: readonly Signal[]
}

/** A way in: what is to be done, what it brings, and by what it is known to work. */
export interface Way {
  name: string
  label: () => string
  icon: typeof Braces
  brings: () => string
  takes: () => string
  check: () => string
  snippets: readonly Snippet[]
  watched: readonly Watched[]
  /** Whether it takes the secret key of a server. */
  secret?: true
}

const records: readonly Watched[] = [
  { label: m.connect_signal_orders, signals: ['orders'] },
  { label: m.connect_signal_refunds, signals: ['refunds'] },
  { label: m.connect_signal_products, signals: ['products'] },
]
const events = (...signals: Signal[]): Watched[] => [{ label: m.connect_signal_events, signals }]

/** Every way in, the easiest first. */
export const ways: readonly Way[] = [
  {
    name: 'script',
    label: m.connect_way_script,
    icon: CodeXml,
    brings: m.connect_way_script_brings,
    takes: m.connect_way_script_takes,
    check: m.connect_way_script_check,
    snippets: [
      { label: m.connect_snippet_script, code: scriptSnippet },
      { label: m.connect_snippet_script_events, code: scriptEventsSnippet },
      { label: m.connect_snippet_policy, code: policySnippet },
      { label: m.connect_snippet_terminal, code: curlSnippet },
    ],
    watched: events('tracker', 'segment'),
  },
  {
    name: 'segment',
    label: m.connect_way_segment,
    icon: Braces,
    brings: m.connect_way_segment_brings,
    takes: m.connect_way_segment_takes,
    check: m.connect_way_segment_check,
    snippets: [
      { label: m.connect_snippet_browser, code: segmentBrowserSnippet },
      { label: m.connect_snippet_node, code: segmentNodeSnippet },
    ],
    watched: events('segment'),
  },
  {
    name: 'ga4',
    label: m.connect_way_ga4,
    icon: ChartNoAxesColumn,
    brings: m.connect_way_ga4_brings,
    takes: m.connect_way_ga4_takes,
    check: m.connect_way_ga4_check,
    snippets: [{ label: m.connect_snippet_curl, code: ga4Snippet }],
    watched: events('ga4'),
  },
  {
    name: 'records',
    label: m.connect_way_records,
    icon: ServerCog,
    brings: m.connect_way_records_brings,
    takes: m.connect_way_records_takes,
    check: m.connect_way_records_check,
    snippets: [
      { label: m.connect_snippet_orders, code: ordersSnippet },
      { label: m.connect_snippet_refunds, code: refundsSnippet },
      { label: m.connect_snippet_node, code: recordsNodeSnippet },
    ],
    watched: records,
    secret: true,
  },
  {
    name: 'import',
    label: m.connect_way_import,
    icon: FileSpreadsheet,
    brings: m.connect_way_import_brings,
    takes: m.connect_way_import_takes,
    check: m.connect_way_import_check,
    snippets: [
      { label: m.connect_snippet_import, code: importSnippet },
      { label: m.connect_snippet_mapping, code: mappingSnippet },
    ],
    watched: records,
    secret: true,
  },
]

/** The way that an address chooses. */
export const wayOf = (params: { get(name: string): string | null }): Way => {
  const name = params.get('way')
  return ways.find((way) => way.name === name) ?? (ways[0] as Way)
}
