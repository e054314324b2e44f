/** The pages before the boards. Loaded only by a start that shows one. */
export { LockPage } from './lock-page.ts'
export { MovingPage } from './moving-page.ts'
export { SetUpPage, type SetUpReason } from './set-up-page.ts'
export { StuckPage } from './stuck-page.ts'
