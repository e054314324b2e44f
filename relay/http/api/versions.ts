import { jsonResponse, SAFE_HEADERS } from '../respond.ts'
import { BUSY, problem } from './problem.ts'
import type { Resource } from './resource.ts'

/** The list: `[{ id, at, bytes }]`, the latest first, `at` in ms since the epoch. */
export const versionsResource: Resource = {
  item: null,
  actions: {
    GET: {
      least: 'editor',
      async answer({ board }, { snapshots }) {
        const versions = await snapshots.versions(board)
        return jsonResponse(versions.map(({ id, at, bytes }) => ({ id, at, bytes })))
      },
    },
  },
}

/** One version: the document in Yjs's V2 encoding. */
export const versionResource: Resource = {
  item: {
    form: /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/,
    otherwise: 'Take the id of a version from the list.',
  },
  actions: {
    GET: {
      least: 'editor',
      async answer({ board, item }, { snapshots, downloads }) {
        const document = await downloads.begin(() => snapshots.version(board, item))
        if (document === 'busy') return BUSY
        if (!document)
          return problem(404, 'There is no such version.', 'List the versions again: old ones go.')
        return {
          status: 200,
          headers: {
            ...SAFE_HEADERS,
            'content-type': 'application/octet-stream',
            'content-disposition': `attachment; filename="board-${item}.yjs"`,
            'cache-control': 'private, no-store',
          },
          body: document,
        }
      },
    },
  },
}
