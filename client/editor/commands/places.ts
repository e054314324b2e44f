import type { CommandTarget, PageControl } from '../actions.ts'
import { type Place, placeText, viewPlace } from '../place.ts'
import { type Command, canChange, canWrite, hasSelection } from './command.ts'

const canLink = (editor: CommandTarget): boolean =>
  editor.linkTo !== undefined && editor.clipboard !== undefined

/** The person refused the clipboard, which the browser has asked about itself: then nothing happens. */
function copyLink({ clipboard, linkTo }: CommandTarget, place: Place): void {
  const text = placeText(place)
  if (text !== undefined && linkTo) void clipboard?.writeText(linkTo(text)).catch(() => {})
}

const LINKS: readonly Command[] = [
  {
    id: 'copy-link-selection',
    title: 'Copy link to selection',
    section: 'Edit',
    keys: [],
    enabled: editor => hasSelection(editor) && canLink(editor),
    run: editor => copyLink(editor, { at: 'shapes', ids: [...editor.state.selection] }),
  },
  {
    id: 'copy-link-view',
    title: 'Copy link to this view',
    section: 'View',
    keys: [],
    enabled: canLink,
    run: editor => {
      const { camera, viewport } = editor.state
      copyLink(editor, viewPlace(camera, viewport, editor.pages?.page ?? ''))
    },
  },
]

/** The page that is `by` places further on; undefined past the ends. */
function neighbour({ pages, page }: PageControl, by: 1 | -1): string | undefined {
  return pages[pages.findIndex(({ id }) => id === page) + by]?.id
}

const turn = (by: 1 | -1, id: string, title: string, key: string): Command => ({
  id,
  title,
  section: 'View',
  keys: [key],
  enabled: ({ pages }) => pages !== undefined && neighbour(pages, by) !== undefined,
  run({ pages }) {
    const next = pages && neighbour(pages, by)
    if (next !== undefined) pages?.show(next)
  },
})

const send = (by: 1 | -1, id: string, title: string): Command => ({
  id,
  title,
  section: 'Arrange',
  keys: [],
  enabled: editor => canChange(editor) && !!editor.pages && neighbour(editor.pages, by) !== undefined,
  run({ pages, state }) {
    const next = pages && neighbour(pages, by)
    if (next !== undefined) pages?.take(state.selection, next)
  },
})

const onPages = (id: string, title: string, run: (pages: PageControl) => void): Command => ({
  id,
  title,
  section: 'Edit',
  keys: [],
  enabled: editor => canWrite(editor) && editor.pages !== undefined,
  run: ({ pages }) => pages && run(pages),
})

/** Pages, and links to places. */
export const PLACE_COMMANDS: readonly Command[] = [
  ...LINKS,
  turn(1, 'page-next', 'Next page', 'alt+arrowdown'),
  turn(-1, 'page-previous', 'Previous page', 'alt+arrowup'),
  send(1, 'page-send-next', 'Move to the next page'),
  send(-1, 'page-send-previous', 'Move to the previous page'),
  onPages('page-add', 'Add a page', pages => pages.add()),
  onPages('page-duplicate', 'Duplicate this page', pages => pages.duplicate(pages.page)),
  onPages('page-remove', 'Remove this page', pages => pages.remove(pages.page)),
]
