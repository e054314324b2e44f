import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '../../../relay/testing/until.ts'
import type { Program } from '../programs.mjs'
import { Child, type Finished, finish, infraFile, replaced } from './children.ts'
import type { Certificate } from './tls.ts'

export interface Place {
  /** For its files. */
  readonly folder: string
  readonly relayPort: number
  /** Of another relay, for a proxy that takes two. */
  readonly secondPort?: number
  readonly httpPort: number
  readonly httpsPort: number
  readonly certificate: Certificate
}

export interface RunningProxy {
  readonly child: Child
  /** What its certificate is signed by, in PEM. */
  readonly authority: string
  /** What it has logged. */
  log(): Promise<string>
}

/** One proxy that we have a configuration for. */
export interface ReverseProxy {
  readonly program: Program
  /** Asks the proxy itself whether it takes the configuration. */
  check(place: Place): Promise<Finished>
  start(place: Place): Promise<RunningProxy>
}

const haproxyWith = (file: string): ReverseProxy => ({
  program: 'haproxy',
  check: async place => finish('haproxy', ['-c', '-f', file], { env: await haproxyEnvironment(place) }),
  async start(place) {
    const child = new Child('haproxy', ['-W', '-f', file], { env: await haproxyEnvironment(place) })
    return {
      child,
      authority: await readFile(place.certificate.certFile, 'utf8'),
      log: async () => child.output,
    }
  },
})

const haproxy = haproxyWith('infra/haproxy/haproxy.cfg')

/** Before two relays, which may be one. */
export const severalRelays = haproxyWith('infra/haproxy/several-relays.cfg')

async function haproxyEnvironment({ folder, certificate, ...ports }: Place): Promise<NodeJS.ProcessEnv> {
  const pem = join(folder, 'haproxy.pem')
  const [chain, key] = await Promise.all([readFile(certificate.certFile), readFile(certificate.keyFile)])
  await writeFile(pem, Buffer.concat([chain, key]))
  return {
    ...process.env,
    DRIFTBOARD_PEM: pem,
    DRIFTBOARD_HTTP: `127.0.0.1:${ports.httpPort}`,
    DRIFTBOARD_HTTPS: `127.0.0.1:${ports.httpsPort}`,
    DRIFTBOARD_RELAY: `127.0.0.1:${ports.relayPort}`,
    DRIFTBOARD_RELAY_ONE: `127.0.0.1:${ports.relayPort}`,
    DRIFTBOARD_RELAY_TWO: `127.0.0.1:${ports.secondPort ?? ports.relayPort}`,
    // Within the files that a test machine lets a process open.
    DRIFTBOARD_MAXCONN: '1000',
  }
}

const CADDYFILE = ['--config', 'infra/caddy/Caddyfile', '--adapter', 'caddyfile']

const caddy: ReverseProxy = {
  program: 'caddy',
  async check(place) {
    const { code, output } = await finish('caddy', ['fmt', 'infra/caddy/Caddyfile'])
    if (code !== 0 || output !== infraFile('caddy/Caddyfile'))
      return { code: 1, output: `caddy fmt: ${output}` }
    return finish('caddy', ['validate', ...CADDYFILE], { env: caddyEnvironment(place) })
  },
  async start(place) {
    const child = new Child('caddy', ['run', ...CADDYFILE], { env: caddyEnvironment(place) })
    // Caddy makes its authority while it starts.
    const root = join(place.folder, 'caddy/pki/authorities/local/root.crt')
    await until(() => existsSync(root) || child.ended)
    const authority = await readFile(root, 'utf8')
    return { child, authority, log: async () => child.output }
  },
}

const caddyEnvironment = ({ folder, httpPort, httpsPort, relayPort }: Place): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: folder,
  XDG_DATA_HOME: folder,
  XDG_CONFIG_HOME: folder,
  CADDY_ADMIN: 'off',
  HTTP_PORT: String(httpPort),
  HTTPS_PORT: String(httpsPort),
  DRIFTBOARD_SITE: 'localhost',
  DRIFTBOARD_RELAY: `127.0.0.1:${relayPort}`,
})

const nginx: ReverseProxy = {
  program: 'nginx',
  check: async place => finish('nginx', ['-t', '-c', await nginxConfiguration(place)]),
  async start(place) {
    const child = new Child('nginx', ['-c', await nginxConfiguration(place)])
    return {
      child,
      authority: await readFile(place.certificate.certFile, 'utf8'),
      log: async () => child.output + (await readFile(join(place.folder, 'access.log'), 'utf8')),
    }
  },
}

/** Ours as conf.d would include it, in a configuration that leaves the rest of the machine alone. */
async function nginxConfiguration({
  folder,
  certificate,
  httpPort,
  httpsPort,
  relayPort,
}: Place): Promise<string> {
  const ours = replaced(infraFile('nginx/driftboard.conf'), {
    '127.0.0.1:8787': `127.0.0.1:${relayPort}`,
    'listen 80': `listen 127.0.0.1:${httpPort}`,
    'listen 443': `listen 127.0.0.1:${httpsPort}`,
    'boards.example.org': 'localhost',
    '/etc/ssl/driftboard/fullchain.pem': certificate.certFile,
    '/etc/ssl/driftboard/privkey.pem': certificate.keyFile,
    '/var/log/nginx/driftboard.log': join(folder, 'access.log'),
  })
  const parts = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const wrapper = `
    daemon off;
    error_log stderr notice;
    pid ${folder}/nginx.pid;
    events { worker_connections 512; }
    http {
      ${parts.map(part => `${part}_temp_path ${folder}/${part};`).join('\n      ')}
      include ${folder}/driftboard.conf;
    }`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'driftboard.conf'), ours)
  await writeFile(join(folder, 'nginx.conf'), wrapper)
  return join(folder, 'nginx.conf')
}

export const PROXIES = { haproxy, 'haproxy for several relays': severalRelays, caddy, nginx } as const
