/**
 * Puts `text` on the clipboard. False when the browser allows neither way. `near` is where a field may be put for a moment: while a
 * dialog is open, one inside it.
 */
export async function copyText(text: string, near: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Without https there is no clipboard API; the older way still works there.
    return copyBySelecting(text, near)
  }
}

function copyBySelecting(text: string, near: Node): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  near.appendChild(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}
