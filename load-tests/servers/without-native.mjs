import Module, { createRequire } from 'node:module'

// Loaded before a relay: it finds no native server then, and serves on `ws`.
const found = createRequire(import.meta.url)
const file = found.resolve('uWebSockets.js')
const nothing = new Module(file)
nothing.loaded = true
found.cache[file] = nothing
