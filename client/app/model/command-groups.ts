/** A command by its id, or a menu of its own. */
export type MenuEntry = string | { readonly title: string; readonly groups: CommandGroups }
/** A line stands between the groups. */
export type CommandGroups = readonly (readonly MenuEntry[])[]

const ORDER: CommandGroups = [['order-to-front', 'order-forward', 'order-backward', 'order-to-back']]
const ALIGN: CommandGroups = [
  ['align-left', 'align-centre', 'align-right'],
  ['align-top', 'align-middle', 'align-bottom'],
  ['distribute-h', 'distribute-v'],
  ['stack-h', 'stack-v', 'tidy'],
  ['same-width', 'same-height', 'same-size'],
  ['flip-h', 'flip-v', 'rotate-left', 'rotate-right'],
]
const COPY_AS: CommandGroups = [
  ['copy-as-png', 'copy-as-svg', 'copy-as-excalidraw', 'copy-as-text'],
  ['copy-link-selection'],
]
const STYLE: CommandGroups = [['copy-style', 'paste-style']]
const TABLE: CommandGroups = [
  ['table-add-row', 'table-add-column', 'table-remove-row', 'table-remove-column'],
  ['table-header'],
]
const LINE: CommandGroups = [['line-close', 'arrow-join', 'arrow-turn']]

export const MAIN_MENU: CommandGroups = [
  ['undo', 'redo', 'select-all'],
  [
    'find',
    'palette',
    {
      title: 'View',
      groups: [
        ['zoom-in', 'zoom-out', 'zoom-100', 'zoom-fit', 'zoom-selection', 'back-to-content'],
        ['library', 'minimap', 'pages', 'focus', 'present'],
        ['page-next', 'page-previous'],
        ['show-all', 'unlock-all'],
      ],
    },
    { title: 'Preferences', groups: [['snapping', 'grid', 'tool-lock', 'pen-only']] },
  ],
]

export const SELECTION_MENU: CommandGroups = [
  ['cut', 'copy', 'paste', 'duplicate'],
  [
    { title: 'Copy as', groups: COPY_AS },
    { title: 'Style', groups: STYLE },
    { title: 'Line', groups: LINE },
    { title: 'Table', groups: TABLE },
    { title: 'Order', groups: ORDER },
    { title: 'Align', groups: ALIGN },
  ],
  ['open-link', 'image-crop', 'image-uncrop', 'image-replace'],
  ['group', 'ungroup', 'frame-selection', 'frame-remove', 'add-to-library'],
  ['lock', 'hide'],
  ['delete'],
]

export const CANVAS_MENU: CommandGroups = [
  ['paste', 'paste-in-place', 'select-all', 'find'],
  ['undo', 'redo'],
  ['zoom-100', 'zoom-fit', 'back-to-content'],
  ['show-all', 'unlock-all'],
  [
    { title: 'Copy as', groups: [['copy-as-png', 'copy-as-svg', 'copy-as-excalidraw'], ['copy-link-view']] },
    {
      title: 'Preferences',
      groups: [
        ['snapping', 'grid', 'tool-lock'],
        ['minimap', 'focus'],
      ],
    },
  ],
]

/** Left out of a menu while they would do nothing: there is no reason to look for them then. */
const ONLY_WHEN_USEFUL: ReadonlySet<string> = new Set([
  ...['group', 'ungroup', 'frame-selection', 'frame-remove', 'lock', 'hide', 'show-all', 'unlock-all'],
  ...['line-close', 'arrow-join', 'arrow-turn', 'page-next', 'page-previous', 'back-to-content'],
  ...['open-link', 'image-crop', 'image-uncrop', 'image-replace'],
])

/** What decides how a menu looks now. */
export interface CommandFacts {
  exists(command: string): boolean
  canRun(command: string): boolean
}

/** The menu without what there is not, or what would be of no use: empty groups and submenus go too. */
export function shownGroups(groups: CommandGroups, facts: CommandFacts): CommandGroups {
  return groups
    .map(group => group.flatMap(entry => shownEntry(entry, facts)))
    .filter(group => group.length > 0)
}

function shownEntry(entry: MenuEntry, facts: CommandFacts): readonly MenuEntry[] {
  if (typeof entry !== 'string') {
    const groups = shownGroups(entry.groups, facts)
    return groups.flat().some(inner => typeof inner !== 'string' || facts.canRun(inner))
      ? [{ ...entry, groups }]
      : []
  }
  if (!facts.exists(entry)) return []
  return ONLY_WHEN_USEFUL.has(entry) && !facts.canRun(entry) ? [] : [entry]
}

/** Every command that a menu names. */
export const commandsIn = (groups: CommandGroups): readonly string[] =>
  groups.flat().flatMap(entry => (typeof entry === 'string' ? [entry] : commandsIn(entry.groups)))

/** What a finger needs beside the styles, having no keyboard. */
export const ACTIONS = ['order-to-back', 'order-to-front', 'duplicate', 'delete'] as const
