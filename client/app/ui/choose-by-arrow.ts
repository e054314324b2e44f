const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** For the `keydown` of a group of buttons of which one is chosen: an arrow key chooses the next, around the end. */
export function chooseByArrow(event: KeyboardEvent): void {
  const by = STEPS[event.key]
  if (by === undefined) return
  event.preventDefault()
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll('button')]
  const next = all[(all.indexOf(event.target as HTMLButtonElement) + by + all.length) % all.length]
  next?.focus()
  next?.click()
}
