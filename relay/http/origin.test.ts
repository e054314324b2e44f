import fc from 'fast-check'
import { expect, test } from 'vitest'
import { originPolicy } from './origin.ts'

test.each([
  ['no page', '', 'a.example', true],
  ['the host’s own page', 'https://a.example', 'a.example', true],
  ['its page on a port', 'http://localhost:8787', 'localhost:8787', true],
  ['its page by the scheme’s own port', 'https://a.example', 'a.example:443', true],
  ['its page in capitals', 'https://a.example', 'A.Example', true],
  ['its page by an IPv6 address', 'http://[::1]:8787', '[::1]:8787', true],
  ['another host', 'https://b.example', 'a.example', false],
  ['another port', 'https://a.example:8443', 'a.example', false],
  ['a subdomain', 'https://x.a.example', 'a.example', false],
  ['a longer name', 'https://a.example.b.example', 'a.example', false],
  ['a page without an origin', 'null', 'a.example', false],
  ['a page without an origin of a host of that name', 'null', 'null', false],
  ['a file', 'file://', '', false],
  ['junk', 'junk', 'junk', false],
  ['a host that hides another', 'https://b.example', 'a.example@b.example', false],
  ['a host with a path', 'https://a.example', 'a.example/x', false],
  ['no host', 'https://a.example', '', false],
])('from the start %s (%s at %s): %s', (_who, origin, host, isAllowed) => {
  expect(originPolicy('same').allows(origin, host)).toBe(isAllowed)
})

test('those listed are allowed beside the host’s own, exactly', () => {
  const policy = originPolicy(['https://B.example', 'http://c.example:8080/'])
  const asks = (origin: string) => policy.allows(origin, 'a.example')
  expect(['https://b.example', 'http://c.example:8080', 'https://a.example'].map(asks)).toEqual([
    true,
    true,
    true,
  ])
  expect(['http://b.example', 'http://c.example', 'https://x.b.example', 'null'].map(asks)).toEqual(
    Array(4).fill(false),
  )
})

test('an asterisk allows any', () => {
  expect(originPolicy(['https://b.example', '*']).allows('null', 'a.example')).toBe(true)
})

test.each(['b.example', 'https://b.example/path', 'https://b.example?x', 'null', '', 'https://*.example'])(
  '"%s" is no origin, and the error says what is one',
  entry => {
    expect(() => originPolicy([entry])).toThrow(`ORIGINS: "${entry}" is not an origin. Set origins such as`)
  },
)

test('no pair of headers makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (origin, host) => {
      const allowed = originPolicy('same').allows(origin, host)
      expect(allowed).toBe(origin === '' || (allowed && new URL(origin).host !== ''))
    }),
  )
})
