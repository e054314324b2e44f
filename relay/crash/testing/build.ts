import { mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../../..')

export interface BuiltRelay {
  readonly file: string
  remove(): Promise<void>
}

/** The mortal relay as one file, as the real one is built: it starts in a third of the time that it takes from its sources. */
export async function buildRelay(): Promise<BuiltRelay> {
  // Within the project, so that it finds the packages.
  const cache = join(ROOT, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'crash-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: join(import.meta.dirname, 'mortal-relay.ts'),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'relay.js', codeSplitting: false } },
    },
  })
  return { file: join(folder, 'relay.js'), remove: () => rm(folder, { recursive: true, force: true }) }
}
