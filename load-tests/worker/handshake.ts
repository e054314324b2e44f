import { createHash } from 'node:crypto'

/** Of RFC 6455: what a server puts to the key before it hashes it. */
const SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The request that begins a WebSocket. */
export function requestOf(url: URL, key: string, offers: readonly string[]): string {
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...(offers.length > 0 ? [`Sec-WebSocket-Protocol: ${offers.join(',')}`] : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** Whether a server's answer, without the empty line at its end, begins a WebSocket with one of the protocols offered, if any were. */
export function isAgreed(answer: string, key: string, offers: readonly string[]): boolean {
  const [status = '', ...lines] = answer.split('\r\n')
  const headers = new Map(
    lines.map(line => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const accept = createHash('sha1').update(`${key}${SUFFIX}`).digest('base64')
  const protocol = headers.get('sec-websocket-protocol')
  return (
    /^HTTP\/1\.1 101( |$)/.test(status) &&
    headers.get('upgrade')?.toLowerCase() === 'websocket' &&
    headers.get('sec-websocket-accept') === accept &&
    !headers.has('sec-websocket-extensions') &&
    (protocol === undefined ? offers.length === 0 : offers.includes(protocol))
  )
}
