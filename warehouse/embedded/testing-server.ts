import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface StartedWarehouse {
  url: string
  pid: number
  /** Sends a signal and waits for the end; answers the exit code, or null after a signal. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts the embedded warehouse as a process of its own on a free port, for tests. It ends with this process, however that ends.
 * @param env variables besides DATA_DIR
 * @throws what the process said when it did not start
 */
export async function startWarehouse(directory: string, env: Record<string, string> = {}): Promise<StartedWarehouse> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./serve.ts', import.meta.url))], {
    env: { DATA_DIR: directory, WAREHOUSE_PORT: '0', WAREHOUSE_EXIT_WITH_PARENT: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const lines = createInterface({ input: child.stdout })
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      const entry = JSON.parse(line) as { msg: string; port: number }
      if (entry.msg === 'warehouse ready') resolve(entry.port)
    })
    child.once('close', () => reject(new Error(said.trim())))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    stop(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
  }
}
