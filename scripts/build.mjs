// Builds `client`, `relay` or, without arguments, both into dist/. Packages of the relay stay in node_modules.
import { resolve } from 'node:path'
import { build } from 'vite'
import { ROOT } from './lib/install.mjs'

const parts = process.argv.length > 2 ? process.argv.slice(2) : ['client', 'relay']

if (parts.includes('client')) await build({ configFile: resolve(ROOT, 'vite.config.ts'), logLevel: 'warn' })

if (parts.includes('relay')) {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: 'relay/main.ts',
      outDir: 'dist/relay',
      target: 'node20',
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
  })
}
