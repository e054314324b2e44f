import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Where `npm run dev` started its relay. */
const RELAY = process.env.RELAY_URL ?? 'http://127.0.0.1:8787'

/** Bytes. Below one network packet, compression saves nothing. */
const WORTH_COMPRESSING = 1400

export default defineConfig({
  root: 'client',
  clearScreen: false,
  plugins: [precompressed(), offline()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // npm run size watches what matters: the bytes that the first page needs.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/sync/': { target: RELAY, ws: true, bypass: unlessUpgrade },
      '/signal': { target: RELAY, ws: true, bypass: unlessUpgrade },
      '/api/': { target: RELAY },
      '/healthz': { target: RELAY },
    },
  },
})

/** Only sockets go to the relay: /sync/link.ts is also the address of a module of ours. */
function unlessUpgrade(request: Parameters<NonNullable<ProxyOptions['bypass']>>[0]): string | undefined {
  return request.headers.upgrade === 'websocket' ? undefined : request.url
}

/**
 * A service worker that keeps the whole app on the device, lazy chunks included, so that boards open without a network.
 * A new version waits until every tab of the old one is closed: it never takes the chunks away under an open board.
 */
function offline(): Plugin[] {
  return VitePWA({
    manifest: false,
    injectRegister: 'script-defer',
    workbox: {
      globPatterns: ['**/*.{js,css,html,svg,woff2}'],
      maximumFileSizeToCacheInBytes: 5_000_000,
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(sync|signal|api|healthz|readyz|metrics|status)\b/],
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
