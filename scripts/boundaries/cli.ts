import { resolve } from 'node:path'
import { checkBoundaries } from './check.ts'

const violations = checkBoundaries(resolve(process.argv[2] ?? '.'))
for (const { file, line, rule, message } of violations) console.error(`${file}:${line}  ${rule}: ${message}`)
if (violations.length > 0) {
  console.error(`\nForbidden imports: ${violations.length}. The arrows are in scripts/boundaries/rules.ts.`)
  process.exitCode = 1
} else {
  console.log('boundaries: every import points the right way')
}
