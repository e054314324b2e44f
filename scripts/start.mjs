// `npm start` and `npm run relay`: from a fresh clone to a running relay that serves the app, or to another command of
// the relay. Plain JavaScript, since nothing is installed yet. The relay then runs in this very process: its signals, exit
// code, arguments and terminal are its own.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildChanged } from './lib/build.mjs'
import { install, ROOT } from './lib/install.mjs'

await install()
const [command = 'serve'] = process.argv.slice(2)
await buildChanged(command === 'serve' ? ['client', 'relay'] : ['relay'])
process.setSourceMapsEnabled(true)
await import(pathToFileURL(resolve(ROOT, 'dist/relay/main.js')).href)
