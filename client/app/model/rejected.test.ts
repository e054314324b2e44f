import { expect, test } from 'vitest'
import { CLOSE } from '../../../shared/protocol/close.ts'
import { rejectedText, rejectedTitle } from './rejected.ts'

test('the notice says why changes were not taken, and where they are', () => {
  const refused = { code: CLOSE.refused, reason: 'Viewers do not write.', where: '' }
  expect(rejectedText(refused, 'Plan', 'Plan (your copy)')).toBe(
    'You may only look at “Plan” now, so that what you changed was not taken. Your version is kept on this device as “Plan (your copy)”; here you see what the others see.',
  )
  const large = { code: CLOSE.tooLarge, reason: 'More than 3 shapes.', where: 'shapes' }
  expect(rejectedText(large, '', 'C')).toMatch(
    /^The relay did not take your changes to “this board”: More than 3 shapes \(at shapes\)\. Your version/,
  )
  expect(rejectedText({ ...large, reason: '' }, 'A', 'C')).toMatch(
    /^The relay did not take your changes to “A”\. Your/,
  )
})

test('the title of a copy fits, however long the other is', () => {
  expect(rejectedTitle('Plan', 200)).toBe('Plan (your copy)')
  expect(rejectedTitle('', 200)).toBe('Untitled board (your copy)')
  expect(rejectedTitle('x'.repeat(200), 200)).toHaveLength(200)
})
