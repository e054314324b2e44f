import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkBoundaries, type Rule } from './check.ts'

type Tree = Record<string, string>

/** One file of every area, each importing all that it may: the tree in which violations are planted. */
const CLEAN: Tree = {
  'shared/schema/shape.ts': `import { nanoid } from 'lib0/random.js'\nimport '../util/clock.ts'\nexport type Shape = string`,
  'shared/util/clock.ts': `import * as v from 'valibot'`,
  'shared/protocol/document-gate.ts': `import * as Y from 'yjs'`,
  'shared/testing/seed.ts': `import { it } from 'vitest'\nimport 'node:fs'`,
  'client/main.ts': `import './board/board.ts'\nimport './sync/link.ts'\nimport './app/board-page.ts'`,
  'client/board/board.ts': `import * as Y from 'yjs'\nimport '../../shared/schema/shape.ts'`,
  'client/sync/link.ts': `import { WebrtcProvider } from 'y-webrtc'\nimport '../../shared/schema/shape.ts'`,
  'client/vault/vault.ts': `import '../../shared/schema/shape.ts'`,
  'client/editor/editor.ts': `import '../board/board.ts'`,
  'client/render/renderer.ts': `import { Graphics } from 'pixi.js'\nimport type { B } from '../board/board.ts'\nimport type { E } from '../editor/editor.ts'`,
  'client/render/colour.ts': `import '../../shared/schema/shape.ts'`,
  'client/public/theme.js': `localStorage`,
  'client/shapes/ink/view.ts': `import { Graphics } from 'pixi.js'\nimport '../../render/renderer.ts'`,
  'client/shapes/ink/panel.ts': `import { html } from 'lit'`,
  'client/shapes/ink/tool.ts': `import '../../editor/editor.ts'`,
  'client/files/png.ts': `import type { E } from '../editor/editor.ts'`,
  'client/app/board-page.ts': `import { LitElement } from 'lit'\nimport '../editor/editor.ts'\nimport '../render/colour.ts'\nimport './page.css'`,
  'client/app/page.css': ``,
  'client/sync/link.test.ts': `import '../../relay/room/room.ts'\nimport '../../shared/testing/seed.ts'\nimport * as Y from 'yjs'`,
  'client/e2e/sketch.spec.ts': `new URL('../../dist/relay/main.js', import.meta.url)\nnew URL('../../relay/main.ts', import.meta.url)`,
  'relay/main.ts': `import './http/app.ts'\nimport './storage/level-log.ts'\nimport './config.ts'\nimport 'pino'`,
  'relay/config.ts': `import '../shared/util/clock.ts'`,
  'relay/http/app.ts': `import uWS from 'uWebSockets.js'\nimport { WebSocketServer } from 'ws'\nimport '../room/room.ts'`,
  'relay/room/room.ts': `import * as Y from 'yjs'\nimport '../storage/update-log.ts'\nimport '../auth/authorizer.ts'`,
  'relay/storage/update-log.ts': ``,
  'relay/storage/level-log.ts': `import { ClassicLevel } from 'classic-level'\nimport './update-log.ts'\nimport 'node:fs'`,
  'relay/auth/authorizer.ts': ``,
  'relay/auth/open.ts': `import './authorizer.ts'`,
  'relay/metrics/metrics.ts': `import '../../shared/util/clock.ts'`,
  'load-tests/peers.ts': `import '../client/board/board.ts'\nimport '../client/sync/link.ts'`,
  'scripts/size.mjs': `import 'node:zlib'`,
  'vite.config.ts': `import 'vite'`,
}

/** [the sentence that must hold, the file that breaks it, the source line that does, the rule that says so] */
const PLANTED: [string, string, string, Rule][] = [
  ['shared imports no client', 'shared/util/clock.ts', `import '../../client/board/board.ts'`, 'arrow'],
  [
    'shared imports no relay type',
    'shared/util/clock.ts',
    `import type { R } from '../../relay/room/room.ts'`,
    'arrow',
  ],
  ['shared imports no node module', 'shared/util/clock.ts', `import 'node:fs'`, 'node home'],
  ['shared imports no bare node module', 'shared/util/clock.ts', `import 'fs'`, 'node home'],
  ['shared imports no Pixi', 'shared/schema/shape.ts', `import { Graphics } from 'pixi.js'`, 'pure shared'],
  ['shared imports no Lit', 'shared/schema/shape.ts', `import { html } from 'lit'`, 'pure shared'],
  ['board imports no sync', 'client/board/board.ts', `import '../sync/link.ts'`, 'arrow'],
  [
    'board imports no editor',
    'client/board/board.ts',
    `import type { E } from '../editor/editor.ts'`,
    'arrow',
  ],
  ['sync imports no board', 'client/sync/link.ts', `import '../board/board.ts'`, 'arrow'],
  ['vault imports only shared', 'client/vault/vault.ts', `import '../board/board.ts'`, 'arrow'],
  ['editor imports no sync', 'client/editor/editor.ts', `import '../sync/link.ts'`, 'arrow'],
  ['editor imports no renderer', 'client/editor/editor.ts', `import '../render/renderer.ts'`, 'arrow'],
  ['editor imports no app', 'client/editor/editor.ts', `export * from '../app/board-page.ts'`, 'arrow'],
  ['the schema imports no Yjs', 'shared/schema/shape.ts', `import * as Y from 'yjs'`, 'package home'],
  ['editor imports no Yjs', 'client/editor/editor.ts', `import type { Doc } from 'yjs'`, 'package home'],
  [
    'render imports only types of board',
    'client/render/renderer.ts',
    `import { b } from '../board/board.ts'`,
    'type-only arrow',
  ],
  [
    'render imports only types of editor',
    'client/render/renderer.ts',
    `import { type E } from '../editor/editor.ts'`,
    'type-only arrow',
  ],
  ['render imports no shapes', 'client/render/renderer.ts', `import '../shapes/ink/view.ts'`, 'arrow'],
  ['shapes import no board', 'client/shapes/ink/tool.ts', `import '../../board/board.ts'`, 'arrow'],
  ['shapes import no app', 'client/shapes/ink/panel.ts', `import '../../app/board-page.ts'`, 'arrow'],
  [
    'a tool imports no Pixi',
    'client/shapes/ink/tool.ts',
    `import { Graphics } from 'pixi.js'`,
    'package home',
  ],
  [
    'a view imports no Lit',
    'client/shapes/ink/view.ts',
    `import { html } from 'lit/html.js'`,
    'package home',
  ],
  [
    'files import only types of editor',
    'client/files/png.ts',
    `import '../editor/editor.ts'`,
    'type-only arrow',
  ],
  ['files import no renderer', 'client/files/png.ts', `import '../render/renderer.ts'`, 'arrow'],
  ['app imports no board', 'client/app/board-page.ts', `import '../board/board.ts'`, 'arrow'],
  ['app imports no board lazily', 'client/app/board-page.ts', `await import('../board/board.ts')`, 'arrow'],
  [
    'app imports no type of board',
    'client/app/board-page.ts',
    `let b: import('../board/board.ts').Board`,
    'arrow',
  ],
  [
    'app starts no worker of sync',
    'client/app/board-page.ts',
    `new Worker(new URL('../sync/link.ts', import.meta.url))`,
    'arrow',
  ],
  ['app imports no sync', 'client/app/board-page.ts', `export { link } from '../sync/link.ts'`, 'arrow'],
  ['app imports no renderer', 'client/app/board-page.ts', `import '../render/renderer.ts'`, 'arrow'],
  ['the look of things imports no renderer', 'client/render/colour.ts', `import './renderer.ts'`, 'arrow'],
  ['app imports no Yjs', 'client/app/board-page.ts', `import * as Y from 'yjs'`, 'package home'],
  ['app imports no y-protocols', 'client/app/board-page.ts', `import 'y-protocols/sync'`, 'package home'],
  ['app imports no Pixi', 'client/app/board-page.ts', `import { Graphics } from 'pixi.js'`, 'package home'],
  ['render imports no Lit', 'client/render/renderer.ts', `import '@lit/task'`, 'package home'],
  [
    'editor imports no Web Awesome',
    'client/editor/editor.ts',
    `import '@awesome.me/webawesome/dist/a.js'`,
    'package home',
  ],
  ['board imports no y-webrtc', 'client/board/board.ts', `import 'y-webrtc'`, 'package home'],
  ['client imports no node module', 'client/sync/link.ts', `import 'node:crypto'`, 'node home'],
  ['client imports no relay', 'client/sync/link.ts', `import '../../relay/room/room.ts'`, 'arrow'],
  [
    'client imports no relay even in the composition root',
    'client/main.ts',
    `import '../relay/config.ts'`,
    'arrow',
  ],
  ['relay imports no client', 'relay/room/room.ts', `import '../../client/board/board.ts'`, 'arrow'],
  [
    'relay imports no client even in the composition root',
    'relay/main.ts',
    `import '../client/board/board.ts'`,
    'arrow',
  ],
  ['room imports no storage backend', 'relay/room/room.ts', `import '../storage/level-log.ts'`, 'arrow'],
  [
    'room imports no type of a storage backend',
    'relay/room/room.ts',
    `import type { L } from '../storage/level-log.ts'`,
    'arrow',
  ],
  ['room imports no auth backend', 'relay/room/room.ts', `import '../auth/open.ts'`, 'arrow'],
  ['room imports no http', 'relay/room/room.ts', `import '../http/app.ts'`, 'arrow'],
  ['http imports no storage', 'relay/http/app.ts', `import '../storage/level-log.ts'`, 'arrow'],
  [
    'an interface of storage imports no backend',
    'relay/storage/update-log.ts',
    `import type { L } from './level-log.ts'`,
    'arrow',
  ],
  ['an interface of auth imports no backend', 'relay/auth/authorizer.ts', `import './open.ts'`, 'arrow'],
  ['storage imports no room', 'relay/storage/level-log.ts', `import '../room/room.ts'`, 'arrow'],
  ['auth imports no room', 'relay/auth/open.ts', `import '../room/room.ts'`, 'arrow'],
  ['metrics imports no room', 'relay/metrics/metrics.ts', `import '../room/room.ts'`, 'arrow'],
  ['config imports no room', 'relay/config.ts', `import './main.ts'`, 'main'],
  [
    'room imports no uWebSockets.js',
    'relay/room/room.ts',
    `import uWS from 'uWebSockets.js'`,
    'package home',
  ],
  [
    'the relay root imports no uWebSockets.js',
    'relay/main.ts',
    `import uWS from 'uWebSockets.js'`,
    'package home',
  ],
  ['room imports no ws', 'relay/room/room.ts', `import 'ws'`, 'package home'],
  ['room imports no database', 'relay/room/room.ts', `import 'classic-level'`, 'package home'],
  ['storage imports no Yjs', 'relay/storage/level-log.ts', `import * as Y from 'yjs'`, 'package home'],
  ['load-tests import no editor', 'load-tests/peers.ts', `import '../client/editor/editor.ts'`, 'arrow'],
  ['nothing imports the client root', 'client/app/board-page.ts', `import '../main.ts'`, 'main'],
  [
    'nothing imports the relay root, tests included',
    'client/sync/link.test.ts',
    `import '../../relay/main.ts'`,
    'main',
  ],
  ['product code imports no test', 'client/sync/link.ts', `import './link.test.ts'`, 'test code'],
  [
    'product code imports no test builder',
    'relay/room/room.ts',
    `import '../../shared/testing/seed.ts'`,
    'test code',
  ],
  ['files of one area import in no circle', 'shared/util/clock.ts', `import '../schema/shape.ts'`, 'cycle'],
  [
    'types of one area import in no circle',
    'shared/util/clock.ts',
    `import type { Shape } from '../schema/shape.ts'`,
    'cycle',
  ],
  ['a file does not import itself', 'shared/util/clock.ts', `import './clock.ts'`, 'cycle'],
  [
    'a path without its extension is refused',
    'client/app/board-page.ts',
    `import '../board/board'`,
    'unresolved',
  ],
  ['a computed import is refused', 'client/app/board-page.ts', `await import(name)`, 'unresolved'],
  ['a glob import is refused', 'client/app/board-page.ts', `import.meta.glob('../board/*.ts')`, 'unresolved'],
  ['require is refused', 'relay/room/room.ts', `require('./storage/level-log.ts')`, 'unresolved'],
  ['a file that does not parse is refused', 'client/vault/vault.ts', `import from from`, 'syntax'],
  ['a folder that the design does not know is refused', 'client/helpers/misc.ts', ``, 'no area'],
]

const roots: string[] = []

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

function plant(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
  roots.push(root)
  for (const [file, source] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), `${source}\n`)
  }
  return root
}

function withLine(file: string, line: string): Tree {
  return { ...CLEAN, [file]: `${CLEAN[file] ?? ''}\n${line}` }
}

describe('import boundaries', () => {
  it('a tree that keeps to the design has no violation', () => {
    expect(checkBoundaries(plant(CLEAN))).toEqual([])
  })

  it.each(PLANTED)('%s', (_sentence, file, line, rule) => {
    const violations = checkBoundaries(plant(withLine(file, line)))
    expect(violations.map(each => each.rule)).toContain(rule)
    expect(violations.every(each => each.file === file || each.rule === 'cycle')).toBe(true)
  })

  it('a violation is reported at its own line', () => {
    const [violation] = checkBoundaries(
      plant(withLine('client/vault/vault.ts', `import '../board/board.ts'`)),
    )
    expect(violation).toMatchObject({ file: 'client/vault/vault.ts', line: 2 })
  })

  it('the command exits with 1 on a violation and with 0 without one', () => {
    const command = ['--import', 'tsx', resolve('scripts/boundaries/cli.ts')]
    const bad = plant(withLine('client/vault/vault.ts', `import * as Y from 'yjs'`))
    const result = spawnSync(process.execPath, [...command, bad], { encoding: 'utf8' })
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('client/vault/vault.ts:2  package home: yjs')
    expect(execFileSync(process.execPath, [...command, plant(CLEAN)], { encoding: 'utf8' })).toContain(
      'right way',
    )
  })
})
