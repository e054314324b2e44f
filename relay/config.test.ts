import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from './config.ts'

/** The lines of the error for an environment. */
function problems(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

test('an empty environment gives a relay on localhost:8787 that keeps boards in ./data and contacts nobody', () => {
  expect(parseConfig({})).toMatchObject({
    port: 8787,
    host: '127.0.0.1',
    dataDir: './data',
    auth: 'open',
    logLevel: 'info',
    iceServers: [],
  })
})

test('the client is looked for in dist/client unless CLIENT_DIR says otherwise', () => {
  expect(parseConfig({}).clientDir).toMatch(/\/dist\/client$/)
  expect(parseConfig({ CLIENT_DIR: '/srv/app' }).clientDir).toBe('/srv/app')
})

test('a variable that is set to nothing counts as not set', () => {
  expect(parseConfig({ PORT: '', AUTH: ' ', STUN_URLS: '' })).toEqual(parseConfig({}))
})

test('STUN and TURN URLs become ICE servers, TURN with its credentials', () => {
  const { iceServers } = parseConfig({
    STUN_URLS: 'stun:a.example:3478, stuns:b.example',
    TURN_URLS: 'turn:c.example:3478?transport=udp',
    TURN_USERNAME: 'ann',
    TURN_CREDENTIAL: 'secret',
  })
  expect(iceServers).toEqual([
    { urls: ['stun:a.example:3478', 'stuns:b.example'] },
    { urls: ['turn:c.example:3478?transport=udp'], username: 'ann', credential: 'secret' },
  ])
})

test('every wrong value is listed at once, each with its name, the value and what to set', () => {
  const lines = problems({
    PORT: '80a',
    AUTH: 'oidc',
    LOG_LEVEL: 'loud',
    STUN_URLS: 'http://x',
    IDLE_EVICT_MS: '-1',
  })
  expect(lines).toEqual([
    'PORT: "80a" is not a port. Set a whole number from 0 to 65535.',
    'AUTH: "oidc" is not known. Set one of: open.',
    'LOG_LEVEL: "loud" is not known. Set one of: trace, debug, info, warn, error, fatal, silent.',
    'STUN_URLS: "http://x" is not a URL of this kind. Set URLs such as stun:example.org:3478, with commas between.',
    'IDLE_EVICT_MS: "-1" is not a delay in ms. Set a whole number from 0 to 2147483647.',
  ])
})

test.each(['65536', '1e3', '0x10', '8787.5'])('PORT=%s is refused', port => {
  expect(problems({ PORT: port })).toHaveLength(1)
})

test('TURN credentials are wanted in full and only beside TURN_URLS', () => {
  expect(problems({ TURN_URLS: 'turn:a', TURN_USERNAME: 'ann' })).toEqual([
    'TURN_CREDENTIAL: is not set, but TURN_USERNAME is. Set both, or neither.',
  ])
  expect(problems({ TURN_USERNAME: 'ann', TURN_CREDENTIAL: 'secret' })).toEqual([
    'TURN_URLS: is not set, but credentials for it are. Set it, or unset them.',
  ])
  expect(problems({ TURN_URLS: 'turn:a' })).toEqual([])
})
