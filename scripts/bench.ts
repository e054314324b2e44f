/**
 * `npm run bench [name]`: runs each `*.bench.ts` whose path contains the name. A bench module's default export measures
 * and returns its figures. They are printed as a table, under what they were measured on, and as one line of JSON for a script
 * to read.
 */
import { existsSync, readdirSync } from 'node:fs'
import { register } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { posix } from 'node:path'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What of `name` it says: figures of one name make up a row. */
  readonly column?: string
}

// What the app imports as a text, such as the picture on a tool's button, Node does not know how to load.
register(
  `data:text/javascript,${encodeURIComponent(`
    import { readFile } from 'node:fs/promises'
    export async function load(url, context, next) {
      if (!/\\.svg\\?raw/.test(url)) return next(url, context)
      const text = await readFile(new URL(url.split('?')[0]), 'utf8')
      return { format: 'module', shortCircuit: true, source: 'export default ' + JSON.stringify(text) }
    }
  `)}`,
)

const [name = ''] = process.argv.slice(2)
const files = ['shared', 'client', 'relay', 'load-tests']
  .filter(folder => existsSync(folder))
  .flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => posix.join(folder, file)),
  )
  .filter(file => file.endsWith('.bench.ts') && file.includes(name))
  .sort()
if (files.length === 0) throw new Error(`No *.bench.ts has ${JSON.stringify(name)} in its path.`)

const [cpu] = cpus()
const load = loadavg().map(of => of.toFixed(1))
console.log(`${cpus().length} x ${cpu?.model}, Node ${process.version}, load ${load.join(' ')}`)

/** The cells of `figures` by their row. */
function tableOf(figures: readonly Figure[]): Record<string, Record<string, number | string>> {
  const table: Record<string, Record<string, number | string>> = {}
  for (const { name, column, value, unit } of figures) {
    table[name] = { ...table[name], ...(column === undefined ? { value, unit } : { [column]: value }) }
  }
  return table
}

const results: Record<string, readonly Figure[]> = {}
for (const file of files) {
  const bench: { default: () => Promise<readonly Figure[]> } = await import(`../${file}`)
  console.log(`\n${file}`)
  const figures = await bench.default()
  console.table(tableOf(figures))
  results[file] = figures
}
console.log(JSON.stringify(results))
