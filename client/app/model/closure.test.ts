import { expect, test } from 'vitest'
import { CLOSE, isFinalClose } from '../../../shared/protocol/close.ts'
import { pauseOf, refusalLine, refusalText } from './closure.ts'

const codes = Object.values(CLOSE)

test.each(codes.filter(isFinalClose))(
  '%d says why, that the board is still here, and keeps the relay’s words',
  code => {
    const silent = refusalText({ code, reason: '', where: '' })
    expect(silent).toMatch(/^[A-Z][^.]+\. The board stays on this device/)
    expect(refusalText({ code, reason: 'Because of this.', where: '' })).toMatch(
      /^Because of this\. The board stays/,
    )
    expect(refusalLine({ code, reason: '', where: '' }).length).toBeLessThan(32)
  },
)

test('the place of a change that does not fit is named', () => {
  const text = refusalText({ code: CLOSE.invalid, reason: 'It is no position.', where: 'shapes/a1/pos' })
  expect(text).toContain('It is no position (at shapes/a1/pos).')
})

test('a replaced link tells what to do: open the new one', () => {
  expect(refusalText({ code: CLOSE.revoked, reason: '', where: '' })).toContain('open the new link')
})

test('there are words for a pause that a person can wait for, and none for an ordinary reconnection', () => {
  for (const code of [CLOSE.unclaimed, CLOSE.crowded, CLOSE.tooFast, CLOSE.unavailable]) {
    expect(pauseOf(code)?.text).toMatch(/\.$/)
  }
  for (const code of [undefined, 1006, CLOSE.goingAway, CLOSE.tooSlow]) expect(pauseOf(code)).toBeUndefined()
})
