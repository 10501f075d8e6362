import type { World } from './world.ts'

/** Prometheus's text of what this process does. */
export function metricsText(world: World): string {
  const { reads, writes, sessions, count } = world
  const lines: [name: string, type: 'gauge' | 'counter', help: string, samples: [labels: string, value: number][]][] = [
    [
      'warehouse_statements_running',
      'gauge',
      'Statements in the engine',
      [
        ['{lane="read"}', reads.busy],
        ['{lane="write"}', writes.busy],
      ],
    ],
    [
      'warehouse_statements_waiting',
      'gauge',
      'Requests that wait for a place',
      [
        ['{lane="read"}', reads.waiting],
        ['{lane="write"}', writes.waiting],
      ],
    ],
    ['warehouse_sessions', 'gauge', 'Named sessions held', [['', sessions.size]]],
    ['warehouse_queries_total', 'counter', 'Queries received', [['', count.queries]]],
    ['warehouse_errors_total', 'counter', 'Queries that failed or were left', [['', count.errors]]],
    ['warehouse_received_bytes_total', 'counter', 'Bytes of rows received, uncompressed', [['', count.bytesIn]]],
    ['warehouse_sent_bytes_total', 'counter', 'Bytes of results sent, uncompressed', [['', count.bytesOut]]],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory of this process', [['', process.memoryUsage.rss()]]],
  ]
  return lines
    .map(([name, type, help, samples]) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
      ].join('\n'),
    )
    .join('\n')
    .concat('\n')
}
