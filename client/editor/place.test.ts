import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cameraOf, linkParts, type Place, placeText, viewPlace } from './place.ts'

const KEY = `e.${'a'.repeat(42)}A`
const TOKEN = 'head_er.pay-load.signature'

describe('the fragment of a link', () => {
  test.each(['', KEY, TOKEN])('with the credential %j alone names no place', credential => {
    expect(linkParts(credential)).toEqual({ credential, place: null })
  })

  test.each(['', KEY, TOKEN])('gives credential %j and place apart', credential => {
    const fragment = [credential, 'shape=abc,d-e_f'].filter(part => part !== '').join('&')
    expect(linkParts(fragment)).toEqual({ credential, place: { at: 'shapes', ids: ['abc', 'd-e_f'] } })
  })

  test('is read as mail programs write it', () => {
    expect(linkParts('at=10%2C-20%2C1.5').place).toEqual({ at: 'view', x: 10, y: -20, zoom: 1.5, page: '' })
    expect(linkParts('shape=a%2Cb').place).toEqual({ at: 'shapes', ids: ['a', 'b'] })
  })

  test.each([
    'at=',
    'at=1,2',
    'at=1,2,x',
    'at=NaN,0,1',
    'at=1e9,0,1',
    'at=0,0,1000',
    'at=0,0,0',
    'at=%E0%A4%A,1,1',
    'shape=',
    'shape=<script>',
    `shape=${'a'.repeat(65)}`,
    'other=1',
  ])('%j names no place, and harms nothing', fragment => {
    expect(linkParts(fragment).place).toBeNull()
  })

  test('of a page that cannot be leads to the first', () => {
    expect(linkParts('at=0,0,1&page=a b').place).toEqual({ at: 'view', x: 0, y: 0, zoom: 1, page: '' })
  })

  test('of any place leads to that place, whatever the credential', () => {
    const id = fc.stringMatching(/^[\w-]{1,64}$/)
    const place: fc.Arbitrary<Place> = fc.oneof(
      fc.record({ at: fc.constant('shapes' as const), ids: fc.array(id, { minLength: 1, maxLength: 20 }) }),
      fc.record({
        at: fc.constant('view' as const),
        x: fc.integer({ min: -1e7, max: 1e7 }),
        y: fc.integer({ min: -1e7, max: 1e7 }),
        zoom: fc.constantFrom(0.05, 0.333, 1, 12.5, 30),
        page: fc.oneof(fc.constant(''), id),
      }),
    )
    fc.assert(
      fc.property(place, fc.constantFrom('', KEY, TOKEN), (there, credential) => {
        const fragment = [credential, placeText(there)].filter(part => part !== '').join('&')
        expect(linkParts(fragment)).toEqual({ credential, place: there })
      }),
    )
  })
})

test('a link names at most twenty shapes, and none by an id that no link can hold', () => {
  const ids = Array.from({ length: 30 }, (_, i) => `shape${i}`)
  expect(placeText({ at: 'shapes', ids })).toBe(`shape=${ids.slice(0, 20).join(',')}`)
  expect(placeText({ at: 'shapes', ids: ['a b'] })).toBeUndefined()
})

test('a view has the same middle and zoom on a screen of another size', () => {
  const place = viewPlace({ x: 100, y: 50, zoom: 2 }, { w: 800, h: 600 }, 'p')
  expect(place).toEqual({ at: 'view', x: 300, y: 200, zoom: 2, page: 'p' })
  if (place.at === 'view') expect(cameraOf(place, { w: 400, h: 400 })).toEqual({ x: 200, y: 100, zoom: 2 })
})
