import type { Notices } from '../model/notices.ts'

/** Loads menus, dialogs, popovers and the style panel, which the first picture does not need. To be called once that is shown. */
export async function loadControls(notices: Notices): Promise<void> {
  try {
    await import('./controls.ts')
  } catch {
    notices.error(
      'Menus and styles could not be loaded. Drawing works; reload the page once you are online to get them.',
    )
  }
}
