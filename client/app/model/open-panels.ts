import type { PanelName } from '../../editor/actions.ts'

/** Panels that have the window, or the person's whole attention, to themselves: one closes the others. */
const ALONE: ReadonlySet<PanelName> = new Set(['palette', 'shortcuts', 'export', 'presentation'])
/** Stays open behind everything but a presentation. */
const LASTING: ReadonlySet<PanelName> = new Set(['minimap', 'focus', 'library'])

/** On a phone each of them takes the place above the toolbar: one makes room for the other. */
const SHEETS: ReadonlySet<PanelName> = new Set(['library', 'minimap', 'pages'])

/** The panels that are open once `panel` has been opened or closed. */
export function withPanel(
  open: ReadonlySet<PanelName>,
  panel: PanelName,
  isOpen: boolean,
  isNarrow = false,
): ReadonlySet<PanelName> {
  const others = [...open].filter(other => other !== panel)
  if (!isOpen) return new Set(others)
  const stay = others
    .filter(other => !ALONE.has(other) && (!ALONE.has(panel) || LASTING.has(other)))
    .filter(other => !(isNarrow && SHEETS.has(panel) && SHEETS.has(other)))
  return new Set([...stay, panel])
}

/** Which of the panels leaves the canvas alone on the screen. */
export const bareFor = (open: ReadonlySet<PanelName>): 'presentation' | 'focus' | undefined =>
  open.has('presentation') ? 'presentation' : open.has('focus') ? 'focus' : undefined
