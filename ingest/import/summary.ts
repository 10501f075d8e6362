import type { Counts } from './import-files.ts'
import type { Plan } from './rows/plan.ts'

const whole = new Intl.NumberFormat('en')
const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

/** How each file is read: encoding and delimiter are often guessed, so they are said. */
export const readingSentences = (plan: Plan): string[] =>
  [...plan.files.values()].flat().map(({ path, name, encoding, delimiter }) => {
    return `Reading ${path} as ${name}: ${encoding}, columns by ${delimiters[delimiter] ?? delimiter}.`
  })

/** What became of an import, a line for each output. */
export function summary(
  plan: Plan,
  done: {
    lines: number
    outputs: Counts[]
    rejectedLines: number
    rejectPaths: string[]
    seconds: number
    dryRun: boolean
  },
): string {
  const outputs = done.outputs.map(({ sent, accepted, rejected, skipped }, index) => {
    const left = skipped > 0 ? `; ${whole.format(skipped)} lines left out by the filter` : ''
    const fate = done.dryRun ? '' : ` ${whole.format(accepted)} accepted, ${whole.format(rejected)} rejected`
    return `  ${(plan.outputs[index]?.to ?? '').padEnd(9)} ${whole.format(sent)} ${done.dryRun ? 'made' : 'sent,'}${fate}${left}`
  })
  const rate = Math.round(done.lines / Math.max(done.seconds, 0.001))
  const rejects = done.rejectedLines > 0 ? `, see ${done.rejectPaths.join(', ')}` : ''
  return [
    `Read ${whole.format(done.lines)} lines in ${done.seconds.toFixed(1)} s (${whole.format(rate)} a second).`,
    ...outputs,
    `  ${'rejected'.padEnd(9)} ${whole.format(done.rejectedLines)} lines${rejects}`,
  ].join('\n')
}
