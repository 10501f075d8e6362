import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { openLogFile } from './log-file.ts'
import { readableLine } from './readable-line.ts'

const warning = 40

/**
 * Takes what processes print: all of it into log files, and what is a warning or worse to `print` as well.
 * @returns a function that listens to a process and gives its last lines
 */
export function listenTo(folder: string, print: (line: string) => void) {
  const files = new Map<string, (line: string) => void>()
  return (name: string, child: ChildProcess) => {
    const write = files.get(name) ?? openLogFile(folder, name)
    files.set(name, write)
    const last: string[] = []
    const take = (line: string) => {
      const { level, text } = readableLine(line)
      write(line)
      last.push(text)
      if (last.length > 12) last.shift()
      if (level >= warning) print(`${name.padEnd(9)} │ ${text}`)
    }
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream as Readable, crlfDelay: Number.POSITIVE_INFINITY }).on('line', take)
    }
    return { tail: () => last.map((line) => `  ${line}`).join('\n') }
  }
}
