// What npm's commands call. Runs on any Node from 20 up and before anything is installed, hence plain JavaScript:
// brings Node and the dependencies, then hands over to TypeScript.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { bringDependencies, bringNode, root } from './bring.mjs'

const began = Date.now()
const commands = {
  start: 'start/start.ts',
  test: 'start/test.ts',
  check: 'start/check.ts',
  import: 'ingest/import/index.ts',
  backtest: 'jobs/backtest/index.ts',
  bench: 'test/bench/index.ts',
}

const [command, ...args] = process.argv.slice(2)
const present = Object.keys(commands).filter((name) => existsSync(join(root, commands[name])))
if (!present.includes(command)) {
  console.error(`There is no command ${command}. There are: ${present.join(', ')}.`)
  process.exit(1)
}

let node
try {
  node = await bringNode()
  await bringDependencies(node)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

const child = spawn(node, [join(root, commands[command]), ...args], {
  // File names among the arguments are meant from where npm was called.
  cwd: command === 'import' || command === 'backtest' ? process.env.INIT_CWD : root,
  // With the channel the child learns when this process is killed outright.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    GUANLAN_BEGAN: String(began),
    DATA_DIR: resolve(root, process.env.DATA_DIR || 'data'),
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`${node} does not run here: ${error.message}. Install Node 24 (nodejs.org) and try again.`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code)
  // Ends the way the child did, so that a shell or a supervisor sees the signal.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
  process.kill(process.pid, signal)
})
