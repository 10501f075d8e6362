import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseOptions, UsageError, usage } from './options.ts'
import { Replay, summaryText } from './replay.ts'

// A reader that has seen enough (head, a closed pipe) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const backtest = async (args: string[]) => {
  const { detector, file, stream, json } = parseOptions(args)
  const replay = new Replay(detector, json)
  const input = file === undefined ? process.stdin : createReadStream(file)
  await Promise.race([
    once(input, 'error').then(([error]) => Promise.reject(error)),
    (async () => {
      let pending = ''
      const write = async () => {
        const text = pending
        pending = ''
        if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain')
      }
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        for (const answer of replay.answer(line)) pending += `${answer}\n`
        if (stream || pending.length > 65_536) await write()
      }
      await write()
    })(),
  ])
  process.stderr.write(json ? `${JSON.stringify(replay.summary())}\n` : summaryText(replay.summary()))
}

try {
  await backtest(process.argv.slice(2))
} catch (error) {
  const told = error instanceof UsageError ? `${error.message}\n\n${usage}` : (error as Error).message
  process.stderr.write(`${told}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
