/** The element that has the keyboard, inside however many shadow roots. */
export function focused(root: DocumentOrShadowRoot): HTMLElement | null {
  const { activeElement } = root
  const inside = activeElement?.shadowRoot ? focused(activeElement.shadowRoot) : null
  return inside ?? (activeElement instanceof HTMLElement ? activeElement : null)
}
