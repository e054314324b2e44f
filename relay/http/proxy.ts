import { BlockList, isIP, SocketAddress } from 'node:net'
import type { TrustedProxy } from './server.ts'

/** The words that TRUST_PROXY knows beside addresses. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** An IPv4 address within IPv6, which is what a socket that takes both sees. */
const MAPPED = '::ffff:'

/** Groups of an IPv6 address that name a network: what one household or office is given. */
const NETWORK_GROUPS = 4

/**
 * Reads TRUST_PROXY: addresses and networks (`10.0.0.0/8`) with commas between, and the words `loopback` and `private`.
 * The empty text trusts nobody. Throws in words for the operator.
 */
export function trustedProxies(text: string): TrustedProxy {
  const trusted = new BlockList()
  for (const entry of text.split(',').map(part => part.trim())) {
    if (entry === '') continue
    for (const network of NAMED[entry.toLowerCase()] ?? [entry]) addNetwork(trusted, network)
  }
  return address => {
    const family = familyOf(address)
    return family !== null && trusted.check(address, family)
  }
}

function addNetwork(list: BlockList, text: string): void {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = familyOf(address)
  const widest = family === 'ipv4' ? 32 : 128
  const bits = prefix === undefined ? widest : /^\d+$/.test(prefix) ? Number(prefix) : -1
  if (family === null || bits < 0 || bits > widest || rest.length > 0) {
    throw new Error(
      `TRUST_PROXY: "${text}" is not a proxy's address. Set addresses or networks such as 10.0.0.0/8, with commas between, or the words loopback and private.`,
    )
  }
  list.addSubnet(address, bits, family)
}

/**
 * Whom a request comes from: the peer, unless that is a trusted proxy; then the last address in its `X-Forwarded-For`
 * that is not one. What stands before that address anybody can write. An entry that is no address ends the search.
 */
export function clientAddress(peer: string, forwardedFor: string, trusted: TrustedProxy): string {
  let client = normalAddress(peer) ?? peer
  for (const entry of forwardedFor.split(',').reverse()) {
    if (!trusted(client)) break
    const before = normalAddress(withoutPort(entry.trim()))
    if (before === null) break
    client = before
  }
  return client
}

/** What connections are counted by: an IPv4 address, or the /64 network of an IPv6 one, which is one customer's. */
export function addressGroup(address: string): string {
  if (familyOf(address) !== 'ipv6') return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`
}

/** The one way to write an address, an IPv4 one within IPv6 as itself; null for what is no address. */
function normalAddress(text: string): string | null {
  const family = familyOf(text)
  if (family === null || text.includes('%')) return null
  const { address } = new SocketAddress({ address: text, family })
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : ''
  return isIP(mapped) === 4 ? mapped : address
}

/** Some proxies write the client's port behind its address. */
function withoutPort(entry: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry)?.[1] ?? entry
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null
}
