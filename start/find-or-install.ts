import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { StartError } from './service.ts'

/** A program that npm does not have. */
interface Program {
  /** For people. */
  what: string
  /** Any of these will do. */
  commands: readonly string[]
  apt: string
  brew: string
  /** What to do where neither apt nor brew is there. */
  otherwise: string
}

export const redis: Program = {
  what: 'Redis',
  commands: ['redis-server', 'valkey-server'],
  apt: 'redis-server',
  brew: 'redis',
  otherwise: 'Install redis-server or valkey-server, or set REDIS_URL to a Redis that runs.',
}

export const chromium: Program = {
  what: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  apt: 'chromium',
  brew: '--cask chromium',
  otherwise: 'Install Chromium or Chrome.',
}

/** Where programs are looked for: on PATH, and where apt and brew put them though the PATH of a service may not say so. */
interface Places {
  path: string | undefined
  usual: readonly string[]
}
const everywhere: Places = {
  path: process.env.PATH,
  usual: ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'],
}

/** The path of the first of these commands that this machine has. */
function findCommand(commands: readonly string[], { path = '', usual }: Places): string | undefined {
  const folders = [...path.split(delimiter), ...usual].filter(Boolean)
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(runnable)
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Finds a program, else installs it by the system's own means after saying so.
 * @returns its path
 * @throws StartError that says what to do
 */
export function findOrInstall(program: Program, say: (line: string) => void, places = everywhere): string {
  const found = findCommand(program.commands, places)
  if (found) return found
  const { what, apt, brew, otherwise } = program
  const aptGet = findCommand(['apt-get'], places)
  const brewed = findCommand(['brew'], places)
  if (aptGet) {
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['-n'])]
    if (asRoot.length > 0 && !findCommand(['sudo'], places))
      throw new StartError(`${what} is not installed. ${otherwise}`)
    say(`${what} is not installed; installing ${apt} with apt${asRoot.length > 0 ? ' through sudo' : ''}.`)
    const get = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', aptGet, '-q', '-o', 'DPkg::Lock::Timeout=120']
    run(program, [...get, 'update'])
    run(program, [...get, '-y', '--no-install-recommends', 'install', apt])
  } else if (brewed) {
    say(`${what} is not installed; installing it with brew.`)
    run(program, [brewed, 'install', ...brew.split(' ')])
  } else {
    throw new StartError(`${what} is not installed. ${otherwise}`)
  }
  const installed = findCommand(program.commands, places)
  if (installed) return installed
  throw new StartError(`${what} was installed and is still not found. ${otherwise}`)
}

function run({ what, otherwise }: Program, [command = '', ...args]: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (status === 0) return
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-3).join('\n')
  throw new StartError(`${error?.message ?? said}\n${what} could not be installed. ${otherwise}`)
}
