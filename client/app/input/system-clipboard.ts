import type { TextClipboard } from '../../editor/actions.ts'

type System = Pick<Clipboard, 'readText' | 'writeText'> & Partial<Pick<Clipboard, 'read'>>

/** What was copied as text, and as HTML where it is that too; either may be empty. */
export interface Copied {
  readonly text: string
  readonly html: string
}

/** The system's clipboard, which tells more of what it holds than its text. */
export interface SystemClipboard extends TextClipboard {
  readCopied(): Promise<Copied>
}

/** The system's clipboard, for a menu that pastes. An image in it goes to `onImage`; then there is no text. */
export function systemClipboard(system: System, onImage: (file: File) => void): SystemClipboard {
  const readCopied = async (): Promise<Copied> => {
    // Not every browser reads more than text.
    if (!system.read) return { text: await system.readText(), html: '' }
    for (const item of await system.read()) {
      const [text, html] = [await textIn(item, 'text/plain'), await textIn(item, 'text/html')]
      if (text !== '' || html.includes('<div data-tldraw')) return { text, html }
      const type = item.types.find(name => name.startsWith('image/'))
      if (type !== undefined) onImage(new File([await item.getType(type)], 'The pasted image', { type }))
    }
    return { text: '', html: '' }
  }
  return {
    writeText: text => system.writeText(text),
    readCopied,
    readText: async () => (await readCopied()).text,
  }
}

const textIn = async (item: ClipboardItem, type: string): Promise<string> =>
  item.types.includes(type) ? await (await item.getType(type)).text() : ''
