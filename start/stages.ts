import { builtOf, dashboardBuild } from './dashboard-build.ts'
import type { Env } from './env.ts'
import { findOrInstall, redis as redisProgram } from './find-or-install.ts'
import { redisService } from './redis-service.ts'
import type { Stage } from './run-stages.ts'
import type { SecretName } from './secrets.ts'
import { answers, type Service, StartError } from './service.ts'

/** Where a service on this machine is asked, whatever it listens on. */
const reach = (host: string) =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host

/** The addresses that people and browsers on this machine use. */
export const addresses = (env: Env) => ({
  ingest: `http://${reach(env.HOST)}:${env.INGEST_PORT}`,
  jobs: `http://${reach(env.HOST)}:${env.JOBS_PORT}`,
  dashboard: `http://${reach(env.HOST)}:${env.DASHBOARD_PORT}`,
  demo: `http://${reach(env.HOST)}:${env.DEMO_PORT}`,
})

/** The ports that we listen on, by variable. */
export const ownPorts = (env: Env): Record<string, number> => ({
  ...(!env.clickhouseGiven && { WAREHOUSE_PORT: env.WAREHOUSE_PORT }),
  INGEST_PORT: env.INGEST_PORT,
  JOBS_PORT: env.JOBS_PORT,
  DASHBOARD_PORT: env.DASHBOARD_PORT,
})

/**
 * How far each process stands back where processors are short (nice(1)): first comes what somebody waits for, which is the
 * browser in front of them, the page, and the answer to a sender; then the queries; then what happens without a request.
 */
const standsBack: Partial<Record<ProcessName, number>> = { warehouse: 5, jobs: 10, demo: 15 }

const commandOf = (name: ProcessName, ...args: string[]): [string, ...string[]] => {
  const back = standsBack[name]
  return back ? ['nice', '-n', String(back), process.execPath, ...args] : [process.execPath, ...args]
}

/** The secrets that each process reads, by its own env.ts; it is handed these and no other. */
const secretsOf = {
  warehouse: [],
  setup: [],
  ingest: ['SECRET_KEY', 'WRITE_KEY', 'SERVER_KEY', 'READ_KEY'],
  jobs: ['SECRET_KEY'],
  dashboard: ['SECRET_KEY', 'ADMIN_EMAIL', 'ADMIN_PASSWORD', 'WRITE_KEY', 'SERVER_KEY', 'READ_KEY'],
  demo: ['SERVER_KEY'],
} as const satisfies Record<string, readonly SecretName[]>
type ProcessName = keyof typeof secretsOf

/**
 * Everything that runs, in the order in which it starts: what keeps, what prepares, what works. Hence the drain: ingest
 * stops accepting and flushes its spool, jobs finish, the dashboard closes, then the warehouse, then Redis. The demo
 * store's shoppers, who only send, come last and leave first.
 */
export async function stages(
  env: Env,
  secrets: Record<SecretName, string>,
  { say, hasDemo }: { say: (line: string) => void; hasDemo: boolean },
): Promise<Stage[]> {
  const redis = env.redisGiven ? undefined : await ownRedis(env, say)
  const at = addresses(env)
  const own = (name: ProcessName) => ({
    NODE_ENV: 'production',
    DATA_DIR: env.DATA_DIR,
    ...Object.fromEntries(secretsOf[name].map((secret) => [secret, secrets[secret]])),
  })
  const envOf = (name: ProcessName) => ({
    ...own(name),
    REDIS_URL: redis?.url ?? env.REDIS_URL,
    CLICKHOUSE_URL: env.CLICKHOUSE_URL,
  })
  const node = (name: ProcessName, file: string, ready: string, stopWithin: number): Service => ({
    name,
    command: commandOf(name, file),
    env: envOf(name),
    ready: answers(ready),
    readyWithin: 90_000,
    stopWithin,
  })
  return [
    {
      services: [...(env.clickhouseGiven ? [] : [embedded(env, node)]), ...(redis ? [redis.service] : [])],
      tasks: [],
    },
    {
      services: [],
      tasks: [
        { name: 'setup', command: [process.execPath, 'warehouse/setup.ts'], env: envOf('setup'), within: 120_000 },
        ...(builtOf().stale ? [dashboardBuild] : []),
      ],
    },
    {
      services: [
        node('ingest', 'ingest/serve.ts', `${at.ingest}/readyz`, 30_000),
        node('jobs', 'jobs/serve.ts', `${at.jobs}/readyz`, 30_000),
        node('dashboard', 'dashboard/serve.ts', `${at.dashboard}/healthz`, 10_000),
      ],
      tasks: [],
    },
    ...(hasDemo
      ? [
          {
            services: [
              demoStore({ ...own('demo'), INGEST_URL: at.ingest, HOST: env.HOST, DEMO_PORT: String(env.DEMO_PORT) }),
            ],
            tasks: [],
          },
        ]
      : []),
  ]
}

/** Nobody waits for it, and its end is nobody else's. */
const demoStore = (env: Service['env']): Service => ({
  name: 'demo',
  // It holds a day at most: without bounds it would take hundreds of megabytes before it cleans up.
  command: commandOf('demo', '--max-old-space-size=192', '--max-semi-space-size=8', 'demo/serve.ts'),
  env,
  ready: async () => true,
  readyWithin: 90_000,
  stopWithin: 10_000,
  mayEnd: true,
})

async function ownRedis(env: Env, say: (line: string) => void) {
  return redisService(findOrInstall(redisProgram, say), env.DATA_DIR)
}

function embedded(
  env: Env,
  node: (name: ProcessName, file: string, ready: string, stopWithin: number) => Service,
): Service {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StartError(
      `The embedded ClickHouse runs on Linux x64 alone so far, and this is ${process.platform} ${process.arch}: set CLICKHOUSE_URL to a ClickHouse 26.7 or later.`,
    )
  }
  return node('warehouse', 'warehouse/embedded/serve.ts', `http://${new URL(env.CLICKHOUSE_URL).host}/ping`, 30_000)
}
