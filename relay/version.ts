import { readFileSync } from 'node:fs'

/** As package.json says it, which lies above the sources and above what is built from them. */
export const VERSION = versionOf(import.meta.url)

function versionOf(module: string): string {
  const fromSources = module.endsWith('.ts')
  const file = new URL(fromSources ? '../package.json' : '../../package.json', module)
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'))
  return version
}
