// `npm start`: from a fresh clone to a running relay that serves the app. Plain JavaScript, since nothing is
// installed yet. The relay then runs in this very process: its signals, exit code and terminal are its own.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildChanged } from './lib/build.mjs'
import { install, ROOT } from './lib/install.mjs'

await install()
await buildChanged()
process.setSourceMapsEnabled(true)
await import(pathToFileURL(resolve(ROOT, 'dist/relay/main.js')).href)
