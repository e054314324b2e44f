/** What somebody may do on a board, the most first. Each may do what those after it may. */
export const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const

export type Role = (typeof ROLES)[number]

/** Whether `role` may do at least what `least` may. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least)
