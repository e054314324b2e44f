import { isBoardId } from '../../../shared/util/ids.ts'

/** What a link to a board says. */
export interface BoardLink {
  readonly id: string
  /** What comes after the `#`: where its key is. Empty for none. */
  readonly fragment: string
}

/** Where an address leads. */
export type Route =
  | { readonly at: 'home' }
  /** A board that is to be made: what the installed app's shortcut opens. */
  | { readonly at: 'new' }
  | ({ readonly at: 'board' } & BoardLink)
  /** Nothing is there; `title` and `advice` are for the person. */
  | { readonly at: 'nowhere'; readonly title: string; readonly advice: string }

export function parseRoute(url: URL): Route {
  const path = url.pathname.replace(/\/+$/, '')
  if (path === '' || path === '/index.html') return { at: url.search === '?new' ? 'new' : 'home' }
  const [, board] = /^\/b\/([^/]+)$/.exec(path) ?? []
  if (board === undefined) {
    return {
      at: 'nowhere',
      title: 'There is no such page',
      advice: 'Check the address, or go to your boards.',
    }
  }
  if (isBoardId(board)) return { at: 'board', id: board, fragment: url.hash.slice(1) }
  return {
    at: 'nowhere',
    title: 'This link does not lead to a board',
    advice: 'A part of it seems to be missing. Ask for the link again, or go to your boards.',
  }
}

/** The path of a board, with the key that is to be in it. */
export const boardPath = (id: string, fragment = ''): string =>
  fragment === '' ? `/b/${id}` : `/b/${id}#${fragment}`

/** The board that a pasted text names: a link, its path, or the id alone. */
export function boardLinkIn(text: string): BoardLink | undefined {
  const trimmed = text.trim()
  const [, id = '', fragment = ''] = LINK.exec(trimmed) ?? ALONE.exec(trimmed) ?? []
  return isBoardId(id) ? { id, fragment } : undefined
}

const LINK = /\/b\/([A-Za-z0-9_-]+)\/?(?:\?[^#]*)?(?:#(.*))?$/
const ALONE = /^([A-Za-z0-9_-]+)(?:#(.*))?$/
