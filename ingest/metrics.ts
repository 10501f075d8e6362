import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Spool } from './spool/spool.ts'

/** What Prometheus can ask ingest for. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers })
  return {
    registry,
    accepted: counter('guanlan_ingest_accepted_total', 'Events and records accepted', ['store', 'kind']),
    rejected: counter('guanlan_ingest_rejected_total', 'Events and records refused', ['store', 'kind', 'reason']),
    bots: counter('guanlan_ingest_bot_events_total', 'Accepted events marked as a bot’s', ['store']),
    heatmapOverBudget: counter(
      'guanlan_ingest_heatmap_over_budget_total',
      'Page views and copies of pages not taken, because the day’s budget of the page is spent',
      ['store'],
    ),
    trackerLost: counter(
      'guanlan_tracker_lost_total',
      'Messages of the tracker that browsers gave up, as they told later',
      ['store', 'reason'],
    ),
    bodyBytes: counter('guanlan_ingest_body_bytes_total', 'Bytes of bodies, unpacked', ['route']),
    requests: new Histogram({
      name: 'guanlan_ingest_request_seconds',
      help: 'From the headers to the answer',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    groups: new Histogram({
      name: 'guanlan_ingest_group_requests',
      help: 'Requests that shared one fsync',
      buckets: [1, 2, 5, 10, 20, 50, 100],
      registers,
    }),
    spooledBytes: counter('guanlan_ingest_spooled_bytes_total', 'Bytes written to the spool', []),
    flushes: new Histogram({
      name: 'guanlan_ingest_flush_seconds',
      help: 'One segment into ClickHouse',
      labelNames: ['table'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers,
    }),
    flushFailures: counter('guanlan_ingest_flush_failures_total', 'Inserts that failed and are tried again', ['table']),
    flushedBytes: counter('guanlan_ingest_flushed_bytes_total', 'Bytes of segments that are in ClickHouse', ['table']),
  }
}
export type Metrics = ReturnType<typeof createMetrics>

/** The state of the spool, read when Prometheus asks. */
export function watchSpool({ registry }: Metrics, spool: Spool): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('guanlan_ingest_spool_bytes', 'Bytes that wait for ClickHouse', () => spool.state().bytes)
  gauge('guanlan_ingest_spool_segments', 'Files that wait for ClickHouse', () => spool.state().segments)
  gauge('guanlan_ingest_spool_lag_seconds', 'Age of the oldest row that waits', () => spool.state().lagSeconds)
  gauge('guanlan_ingest_spool_full', 'Whether senders are told to wait', () => (spool.state().full ? 1 : 0))
}
