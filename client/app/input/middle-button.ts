/** `PointerEvent.buttons` while the middle button is down. */
const MIDDLE_BUTTON = 4

/**
 * On Linux the middle button pastes what is selected anywhere, and does so before the page hears that it was let go. Here it
 * moves the view. Returns whether a paste right now comes from it.
 */
export function followMiddleButton(
  target: Pick<Window, 'addEventListener'>,
  signal: AbortSignal,
): () => boolean {
  let isDown = false
  const look = ({ buttons }: Pick<PointerEvent, 'buttons'>) => {
    if (buttons & MIDDLE_BUTTON) isDown = true
    // Firefox pastes only with the click that follows.
    else if (isDown) setTimeout(() => (isDown = false))
  }
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const)
    target.addEventListener(type, look, { capture: true, signal })
  return () => isDown
}
