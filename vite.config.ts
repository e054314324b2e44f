import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa'

/** Where `npm run dev` started its relay. */
const RELAY = process.env.RELAY_URL ?? 'http://127.0.0.1:8787'

/** Bytes. Below one network packet, compression saves nothing. */
const WORTH_COMPRESSING = 1400

/**
 * Modules of Pixi that only register what the app does not use: environments, sprite sheets, masks, and guessing what kind of
 * texture something is. client/render/pixi-webgl.ts registers what it does use.
 */
const PIXI_EXTRAS =
  /\/pixi\.js\/lib\/(index|(rendering|spritesheet|scene\/graphics|scene\/sprite-tiling)\/init)\.mjs$/

/**
 * What Pixi brings along for calls that the app never makes: graphics out of SVG, clouds of particles, masks made of pictures, and
 * textures compressed for the graphics card.
 */
const PIXI_UNCALLED =
  /\/(SVGParser|parseSVGPath|ParticleBuffer|generateParticleUpdatePolyfill|MaskFilter|glUploadCompressedTextureResource)\.mjs$/

/** How the app looks and what it opens once it is installed. index.html has the colours of light and dark. */
const MANIFEST: Partial<ManifestOptions> = {
  id: '/',
  name: 'Driftboard',
  short_name: 'Driftboard',
  description: 'A whiteboard that lives on your device and is drawn on together.',
  lang: 'en',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#fafaf8',
  theme_color: '#fafaf8',
  categories: ['productivity', 'graphics'],
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
  shortcuts: [
    {
      name: 'New board',
      url: '/?new',
      icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
  ],
  // client/launched-files.ts takes them, in a window of their own.
  file_handlers: [
    {
      action: '/',
      accept: {
        'application/vnd.driftboard': ['.driftboard'],
        'application/vnd.excalidraw+json': ['.excalidraw'],
        'application/vnd.tldraw+json': ['.tldr'],
      },
    },
  ],
  launch_handler: { client_mode: 'navigate-new' },
}

export default defineConfig({
  root: 'client',
  clearScreen: false,
  plugins: [onlyUsedPixi(), withoutUncalledPixi(), precompressed(), offline()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // npm run size watches what matters: the bytes that the first page needs.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      // One file of what every page starts with: twenty would be compressed, and asked for, one by one.
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
  server: {
    proxy: {
      '/sync/': { target: RELAY, ws: true, bypass: unlessUpgrade },
      '/signal': { target: RELAY, ws: true, bypass: unlessUpgrade },
      '/api/': { target: RELAY },
      '/app.json': { target: RELAY },
      '/healthz': { target: RELAY },
    },
  },
})

/** Only sockets go to the relay: /sync/link.ts is also the address of a module of ours. */
function unlessUpgrade(request: Parameters<NonNullable<ProxyOptions['bypass']>>[0]): string | undefined {
  return request.headers.upgrade === 'websocket' ? undefined : request.url
}

/** Leaves out what of Pixi would be there for its side effects alone. */
function onlyUsedPixi(): Plugin {
  return {
    name: 'only-used-pixi',
    apply: 'build',
    transform: { filter: { id: PIXI_EXTRAS }, handler: code => ({ code, moduleSideEffects: false }) },
  }
}

/** Leaves an empty function of what Pixi refers to and the app never calls. */
function withoutUncalledPixi(): Plugin {
  return {
    name: 'without-uncalled-pixi',
    apply: 'build',
    load: { filter: { id: PIXI_UNCALLED }, handler: id => `export function ${parse(id).name}() {}` },
  }
}

/**
 * A service worker that keeps the whole app on the device, lazy chunks included, so that boards open without a network.
 * A new version waits until client/app-update.ts says so: it never takes the chunks away under an open board.
 */
function offline(): Plugin[] {
  return VitePWA({
    manifest: MANIFEST,
    // They are among the files below.
    includeManifestIcons: false,
    injectRegister: 'script-defer',
    workbox: {
      globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm}'],
      maximumFileSizeToCacheInBytes: 5_000_000,
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(sync|signal|api|app\.json|healthz|readyz|metrics|status)\b/],
      clientsClaim: true,
      skipWaiting: false,
    },
  })
}

/** Writes `.br` and `.gz` beside each text file, which the relay serves as they are. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|json|webmanifest)$/.test(entry)) continue
        const file = join(dir, entry)
        const content = readFileSync(file)
        if (content.length < WORTH_COMPRESSING) continue
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        )
      }
    },
  }
}
