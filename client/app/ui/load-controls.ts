import { withPart } from '../model/load-part.ts'
import type { Notices } from '../model/notices.ts'

/** Loads menus, dialogs, popovers and the style panel, which the first picture does not need. To be called once that is shown. */
export const loadControls = (notices: Notices): Promise<void> =>
  withPart(notices, { name: 'Menus and styles', load: () => import('./controls.ts'), use: () => {} })
