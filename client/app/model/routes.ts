import { isBoardId } from '../../../shared/util/ids.ts'

/** Where an address leads. */
export type Route =
  | { readonly at: 'home' }
  | { readonly at: 'board'; readonly id: string }
  /** Nothing is there; `title` and `advice` are for the person. */
  | { readonly at: 'nowhere'; readonly title: string; readonly advice: string }

export function parseRoute(url: URL): Route {
  const path = url.pathname.replace(/\/+$/, '')
  if (path === '' || path === '/index.html') return { at: 'home' }
  const [, board] = /^\/b\/([^/]+)$/.exec(path) ?? []
  if (board === undefined) {
    return {
      at: 'nowhere',
      title: 'There is no such page',
      advice: 'Check the address, or go to your boards.',
    }
  }
  if (isBoardId(board)) return { at: 'board', id: board }
  return {
    at: 'nowhere',
    title: 'This link does not lead to a board',
    advice: 'A part of it seems to be missing. Ask for the link again, or go to your boards.',
  }
}

export const boardPath = (id: string): string => `/b/${id}`

/** The id of the board that a pasted text names: a link, its path, or the id alone. */
export function boardIdIn(text: string): string | undefined {
  const trimmed = text.trim()
  if (isBoardId(trimmed)) return trimmed
  const [, id = ''] = /\/b\/([A-Za-z0-9_-]+)\/?(?:[?#].*)?$/.exec(trimmed) ?? []
  return isBoardId(id) ? id : undefined
}
