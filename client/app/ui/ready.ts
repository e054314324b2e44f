/**
 * Opens the menu or popover of a pressed trigger when the trigger came before the component library did: the
 * element finds the attribute when it is upgraded. Once it is, it opens by itself.
 */
export function openWhenReady(event: Event): void {
  const trigger = event.currentTarget as HTMLElement
  const owner = trigger.closest('wa-dropdown') ?? trigger.parentElement?.querySelector('wa-popover')
  if (owner && !customElements.get(owner.localName)) owner.setAttribute('open', '')
}
