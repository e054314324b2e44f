/** ms. Browsers take a moment to begin reading what is saved; a minute is long, and costs nothing but memory. */
const READ_WITHIN = 60_000

/** Has the browser save a file under this name. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN)
}
