/**
 * Opens the menu or popover of a pressed trigger when the trigger came before the component library did: as soon as its element
 * is there. From then on it opens by itself.
 */
export function openWhenReady(event: Event): void {
  const trigger = event.currentTarget as HTMLElement
  const owner = trigger.closest('wa-dropdown') ?? trigger.parentElement?.querySelector('wa-popover')
  if (owner && !customElements.get(owner.localName)) void openOnceDefined(owner)
}

/** After its first update: one that is born open listens neither to Escape nor to presses outside of it. */
async function openOnceDefined(owner: HTMLElementTagNameMap['wa-dropdown' | 'wa-popover']): Promise<void> {
  await customElements.whenDefined(owner.localName)
  await owner.updateComplete
  owner.open = true
}
