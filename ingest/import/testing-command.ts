import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('./index.ts', import.meta.url))

/** Starts the command as the launcher does; for tests. */
export function startCommand(argv: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [entry, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const done = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output }))
  })
  return { child: child as ChildProcess, output: () => output, done }
}

/** Runs the command to its end; for tests. */
export const runCommand = (argv: readonly string[], env: Record<string, string>) => startCommand(argv, env).done
