import { buildPackage } from './serving/build-package.ts'

/** `node ingest/tracker/build-package.ts <out>` writes the npm package of the tracker. */
const [out] = process.argv.slice(2)
if (out) await buildPackage(out)
else {
  process.stderr.write('Say where: node ingest/tracker/build-package.ts <directory>\n')
  process.exitCode = 1
}
