import { expect, test } from 'vitest'
import { isAtLeast, ROLES } from './role.ts'

test('each role may do what the roles after it may, and nothing that is only for those before it', () => {
  expect(ROLES.map(role => ROLES.filter(least => isAtLeast(role, least)))).toEqual([
    ['owner', 'editor', 'commenter', 'viewer'],
    ['editor', 'commenter', 'viewer'],
    ['commenter', 'viewer'],
    ['viewer'],
  ])
})
