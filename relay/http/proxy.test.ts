import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressGroup, clientAddress, trustedProxies } from './proxy.ts'

const HERE = '127.0.0.1'

describe('TRUST_PROXY', () => {
  test.each([
    ['', '127.0.0.1', false],
    ['loopback', '127.0.0.1', true],
    ['loopback', '127.8.8.8', true],
    ['loopback', '::1', true],
    ['loopback', '10.0.0.1', false],
    ['private', '192.168.3.4', true],
    ['private', '172.31.255.255', true],
    ['private', '172.32.0.0', false],
    ['private', 'fd00::1', true],
    ['Loopback, 10.1.0.0/16', '10.1.2.3', true],
    ['loopback, 10.1.0.0/16', '10.2.2.3', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['loopback', 'not an address', false],
  ])('"%s" says of %s: %s', (setting, address, isTrusted) => {
    expect(trustedProxies(setting)(address)).toBe(isTrusted)
  })

  test.each([
    'proxy',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::/129',
    '10.0.0.256',
    '10.0.0.0/-1',
    'true',
  ])('"%s" is an error that quotes it and says what to set', setting => {
    expect(() => trustedProxies(`loopback,${setting}`)).toThrow(`TRUST_PROXY: "${setting}"`)
    expect(() => trustedProxies(setting)).toThrow(/Set addresses or networks/)
  })
})

describe('whom a request comes from', () => {
  test.each([
    ['a peer that is no proxy is itself, whatever it says', '192.0.2.9', '1.1.1.1', '192.0.2.9'],
    ['a proxy without the header is the client', HERE, '', HERE],
    ['what a client wrote in front of its address is not believed', HERE, '6.6.6.6, 192.0.2.9', '192.0.2.9'],
    ['proxies in a chain are skipped', HERE, '6.6.6.6, 192.0.2.9, 10.0.0.2, 10.0.0.1', '192.0.2.9'],
    ['where all are proxies, the first is the client', HERE, '10.0.0.2, 10.0.0.1', '10.0.0.2'],
    ['junk ends the search at who passed it on', HERE, '192.0.2.9, unknown, 10.0.0.1', '10.0.0.1'],
    ['junk alone leaves the peer', HERE, ', ,;<script>', HERE],
    ['a port is left out', HERE, '192.0.2.9:4711', '192.0.2.9'],
    ['so is that of an IPv6 address', HERE, '[2001:db8::9]:4711', '2001:db8::9'],
    ['an IPv4 peer of an IPv6 socket is a proxy all the same', '::ffff:127.0.0.1', '192.0.2.9', '192.0.2.9'],
    ['however it is written', '0000:0000:0000:0000:0000:ffff:7f00:0001', '::ffff:c000:0209', '192.0.2.9'],
    ['an IPv6 address is written in the one way', HERE, '2001:0DB8:0:0::0009', '2001:db8::9'],
  ])('%s', (_claim, peer, forwarded, client) => {
    const trusted = trustedProxies('loopback, 10.0.0.0/8')
    expect(clientAddress(peer, forwarded, trusted)).toBe(client)
  })

  test('no header, however malformed, makes it throw, and no client makes itself a proxy’s', () => {
    const part = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constantFrom('[', ']:1', '::', '%eth0', ' '))
    fc.assert(
      fc.property(fc.array(part), fc.ipV4(), (parts, last) => {
        const trusted = trustedProxies('loopback')
        fc.pre(!trusted(last))
        expect(clientAddress(HERE, [...parts, last].join(','), trusted)).toBe(last)
        expect(typeof clientAddress(HERE, parts.join(','), trusted)).toBe('string')
      }),
    )
  })
})

test.each([
  ['192.0.2.9', '192.0.2.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1::', '2001:db8:1:0::/64'],
])('%s is counted as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})
