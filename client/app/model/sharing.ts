import type { Role } from '../../../shared/protocol/role.ts'

/** What somebody may do who opens a link. An owner's link is no link to share. */
export type LinkRole = Exclude<Role, 'owner'>

export interface RoleLink {
  readonly role: LinkRole
  readonly url: string
}

/** Whether the owner can replace the links now, and how it went. `why` is for the person. */
export type Replacing =
  | { readonly at: 'possible' }
  | { readonly at: 'impossible'; readonly why: string }
  | { readonly at: 'running' }
  | { readonly at: 'done' }
  | { readonly at: 'failed'; readonly why: string }

/** How the person can bring others to the board. */
export type Sharing =
  /** By links that open it: one for each role that the person can hand on, the most first. */
  | { readonly by: 'links'; readonly links: readonly RoleLink[]; readonly owner: Owner | null }
  /** By the address alone. `note` says who can open it. */
  | { readonly by: 'address'; readonly url: string; readonly note: string }

export interface Owner {
  /** Makes another device an owner, too. */
  readonly url: string
  readonly replacing: Replacing
}

/** The word on the button, and what follows "Anyone with the link can". */
export const LINK_ROLES: Readonly<Record<LinkRole, { readonly title: string; readonly text: string }>> = {
  editor: { title: 'Edit', text: 'They draw, change and delete on the board, as you do.' },
  commenter: {
    title: 'Comment',
    text: 'They see everything live. Once this app has comments, they can write some; until then they only look.',
  },
  viewer: { title: 'View', text: 'They see everything live and change nothing.' },
}
