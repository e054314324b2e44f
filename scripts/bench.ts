/**
 * `npm run bench [name]`: runs each `*.bench.ts` whose path contains the name. A bench module's default export measures
 * and returns its figures. They are printed as a table, and as one line of JSON for a script to read.
 */
import { existsSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const [name = ''] = process.argv.slice(2)
const files = ['shared', 'client', 'relay', 'load-tests']
  .filter(folder => existsSync(folder))
  .flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => posix.join(folder, file)),
  )
  .filter(file => file.endsWith('.bench.ts') && file.includes(name))
  .sort()
if (files.length === 0) throw new Error(`No *.bench.ts has ${JSON.stringify(name)} in its path.`)

const results: Record<string, readonly Figure[]> = {}
for (const file of files) {
  const bench: { default: () => Promise<readonly Figure[]> } = await import(`../${file}`)
  console.log(`\n${file}`)
  const figures = await bench.default()
  console.table(Object.fromEntries(figures.map(({ name, value, unit }) => [name, { value, unit }])))
  results[file] = figures
}
console.log(JSON.stringify(results))
