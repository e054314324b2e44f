/** Who may import whom, as data. `check.ts` holds the files of the repository against it. */

/** Every source file lies in the first area whose pattern matches its path. `(...)` is part of a folder that more may import. */
export const AREAS = {
  tests: /\.(test|bench|contract|testing)\.ts$|^client\/e2e\/|^client\/sync\/sim\/|\/testing\//,
  shared: /^shared\//,
  'client/board': /^client\/board\//,
  'client/sync': /^client\/sync\//,
  'client/vault': /^client\/vault\//,
  'client/editor': /^client\/editor\//,
  // Pure functions of colours, fonts and text blocks: the interface shows them just as the canvas does.
  'client/render (look)': /^client\/render\/(colour|font-css|text-block)\.ts$/,
  'client/render': /^client\/render\//,
  'client/shapes': /^client\/shapes\//,
  'client/files': /^client\/files\//,
  'client/app': /^client\/app\//,
  'client (composition)': /^client\/[^/]+\.ts$/,
  'relay/http': /^relay\/http\//,
  'relay/room': /^relay\/room\//,
  'relay/storage (interface)': /^relay\/storage\/(update-log|object-store|snapshot-store|asset-store)\.ts$/,
  'relay/storage': /^relay\/storage\//,
  'relay/auth (interface)': /^relay\/auth\/authorizer\.ts$/,
  'relay/auth': /^relay\/auth\//,
  'relay/metrics': /^relay\/metrics\//,
  'relay (composition)': /^relay\/([^/]+\.ts$|config\/|cli\/)/,
  'load-tests': /^load-tests\//,
  tooling: /^scripts\/|^[^/]+$/,
} as const

export type Area = keyof typeof AREAS

interface Arrows {
  /** Areas it may import anything from; it may always import its own. */
  readonly values: readonly Area[] | 'any'
  /** Areas it may only `import type` from. */
  readonly types?: readonly Area[]
}

export const ARROWS: Record<Area, Arrows> = {
  tests: { values: 'any' },
  shared: { values: [] },
  'client/board': { values: ['shared'] },
  'client/sync': { values: ['shared'] },
  'client/vault': { values: ['shared'] },
  'client/editor': { values: ['shared', 'client/board'] },
  'client/render (look)': { values: ['shared'] },
  'client/render': { values: ['shared', 'client/render (look)'], types: ['client/board', 'client/editor'] },
  'client/shapes': { values: ['shared', 'client/editor', 'client/render', 'client/render (look)'] },
  'client/files': { values: ['shared'], types: ['client/board', 'client/editor'] },
  'client/app': { values: ['shared', 'client/editor', 'client/render (look)'] },
  'client (composition)': {
    values: [
      'shared',
      'client/board',
      'client/sync',
      'client/vault',
      'client/editor',
      'client/render (look)',
      'client/render',
      'client/shapes',
      'client/files',
      'client/app',
    ],
  },
  'relay/http': {
    values: ['shared', 'relay/room', 'relay/storage (interface)', 'relay/auth (interface)', 'relay/metrics'],
  },
  'relay/room': {
    values: ['shared', 'relay/metrics', 'relay/storage (interface)', 'relay/auth (interface)'],
  },
  'relay/storage (interface)': { values: ['shared'] },
  'relay/storage': { values: ['shared', 'relay/storage (interface)', 'relay/metrics'] },
  'relay/auth (interface)': { values: ['shared'] },
  'relay/auth': {
    values: ['shared', 'relay/auth (interface)', 'relay/storage (interface)', 'relay/metrics'],
  },
  'relay/metrics': { values: ['shared'] },
  'relay (composition)': {
    values: [
      'shared',
      'relay/http',
      'relay/room',
      'relay/storage (interface)',
      'relay/storage',
      'relay/auth (interface)',
      'relay/auth',
      'relay/metrics',
    ],
  },
  'load-tests': { values: ['shared', 'client/board', 'client/sync', 'tooling'] },
  tooling: { values: [] },
}

interface Home {
  readonly packages: RegExp
  readonly files: RegExp
  /** `files` in words. */
  readonly where: string
}

/** Where a package may be imported. One that is not listed is free outside `shared`. */
export const PACKAGE_HOMES: readonly Home[] = [
  {
    packages: /^(yjs|y-protocols)$/,
    files: /^(client\/(board|sync)|relay\/(room|cli)|shared\/protocol|load-tests)\//,
    where: 'client/board, client/sync, relay/room, relay/cli, shared/protocol and load-tests',
  },
  {
    packages: /^y-(indexeddb|webrtc|websocket)$/,
    files: /^(client\/sync|load-tests)\//,
    where: 'client/sync and load-tests',
  },
  {
    packages: /^(pixi\.js|@pixi\/.+)$/,
    files: /^client\/(render\/|shapes\/[^/]+\/view\.ts$)/,
    where: 'client/render and the view.ts of a shape',
  },
  {
    packages: /^(lit|lit-html|lit-element|@lit\/.+|@awesome\.me\/webawesome)$/,
    files: /^client\/(app\/|shapes\/[^/]+\/panel\.ts$)/,
    where: 'client/app and the panel.ts of a shape',
  },
  { packages: /^fflate$/, files: /^client\/files\//, where: 'client/files' },
  { packages: /^(hash-wasm|@noble\/ciphers)$/, files: /^client\/vault\//, where: 'client/vault' },
  {
    packages: /^uWebSockets\.js$/,
    files: /^(relay\/http|load-tests\/servers\/peers)\//,
    where: 'relay/http and load-tests/servers/peers',
  },
  { packages: /^ws$/, files: /^(relay\/http|load-tests)\//, where: 'relay/http and load-tests' },
  { packages: /^classic-level$/, files: /^relay\/storage\//, where: 'relay/storage' },
  { packages: /^pino$/, files: /^relay\//, where: 'relay' },
  { packages: /^prom-client$/, files: /^relay\/metrics\//, where: 'relay/metrics' },
  { packages: /^jose$/, files: /^relay\/auth\//, where: 'relay/auth' },
  {
    packages: /^(@aws-sdk\/|@smithy\/)/,
    files: /^(relay\/storage\/|scripts\/lib\/ceph\.mjs$)/,
    where: 'relay/storage and scripts/lib/ceph.mjs',
  },
]

/** Packages that need neither a DOM nor Node: all that `shared` may build on, each within its home above. */
export const SHARED_PACKAGES =
  /^(lib0|valibot|fractional-indexing|perfect-freehand|rbush|yjs|@noble\/hashes)$/

/** Where Node's own modules may be imported. */
export const NODE_HOMES = /^(relay|load-tests|scripts)\/|^[^/]+$/
