/** What the composition root needs of the interface. Importing this file defines the elements. */
import './nowhere.ts'
import './toasts.ts'

export { BoardPage } from './board/board.ts'
export { listen } from './events.ts'
export { Home } from './home/home.ts'
export { Notices } from './model/notices.ts'
export { boardPath, parseRoute } from './model/routes.ts'
export type { SyncStatus } from './model/status.ts'
export { ThemeStore } from './model/theme.ts'
export { loadControls } from './ui/load-controls.ts'
