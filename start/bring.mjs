// Brings the tools that the repository needs into the repository: nothing is installed on the machine.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const toolchain = join(root, 'start/toolchain')

/** The versions that run the services: 24 is what they are developed on, 25 is out of support. */
const hostNode = () => {
  const major = Number(process.versions.node.split('.')[0])
  return major === 24 || major >= 26 ? process.execPath : undefined
}

const broughtNode = () => {
  const packages = join(toolchain, 'node_modules')
  const found = existsSync(packages) ? readdirSync(packages).find((name) => name.startsWith('node-')) : undefined
  return found && join(packages, found, 'bin/node')
}

/** Node 24 or later: the host's, else one from npm's registry. Brings pnpm as well. */
export async function bringNode() {
  const host = hostNode()
  await once(
    'start/toolchain/node_modules',
    ['start/toolchain/package-lock.json'],
    host ? 'pnpm' : 'node and pnpm',
    () => run('npm', ['ci', '--ignore-scripts', ...(host ? ['--omit=optional'] : [])], { cwd: toolchain }),
  )
  const node = host ?? broughtNode()
  if (node) return node
  throw new Error(
    `npm has no Node 24 for ${process.platform} ${process.arch}. Install Node 24 (nodejs.org) and run this again.`,
  )
}

/** The dependencies of every package, exactly as the lockfile has them; their install scripts are not run. */
export async function bringDependencies(node) {
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
  const packages = readdirSync(root).map((name) => `${name}/package.json`)
  const sources = [...manifests, ...packages.filter((path) => existsSync(join(root, path))).sort()]
  await once('node_modules', sources, 'dependencies', () =>
    run(node, [join(toolchain, 'node_modules/pnpm/bin/pnpm.mjs'), 'install', '--frozen-lockfile'], {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
        // There may be nobody to answer when an old node_modules is to be replaced.
        pnpm_config_confirm_modules_purge: 'false',
        pnpm_config_update_notifier: 'false',
        // A company's network may have certificates that only the system knows.
        NODE_USE_SYSTEM_CA: '1',
      },
    }),
  )
}

/** Runs `bring` unless it was done for these very files; a stamp in the folder it fills tells. */
async function once(folder, sources, what, bring) {
  const hash = createHash('sha256').update(`${what} ${process.platform} ${process.arch}`)
  for (const source of sources) hash.update(`\0${source}\0`).update(readFileSync(join(root, source)))
  const digest = hash.digest('hex')
  const stamp = join(root, folder, '.guanlan-brought')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  const began = Date.now()
  process.stdout.write(`Installing ${what} … `)
  await bring()
  writeFileSync(stamp, digest)
  console.log(`${((Date.now() - began) / 1000).toFixed(0)} s`)
}

/** Runs a tool quietly; what it said is shown when it fails. */
function run(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  const stop = () => child.kill('SIGTERM')
  process.once('SIGTERM', stop).once('SIGINT', stop)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`\n${command} cannot be run: ${error.message}.`)))
    child.on('exit', (code, signal) => {
      process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop)
      if (code === 0) resolve()
      else reject(new Error(`\n${said}\n${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}.`))
    })
  })
}
