import type { TextClipboard } from '../../editor/actions.ts'

type System = Pick<Clipboard, 'readText' | 'writeText'> & Partial<Pick<Clipboard, 'read'>>

/** The system's clipboard, for a menu that pastes. An image in it goes to `onImage`; then there is no text. */
export const systemClipboard = (system: System, onImage: (file: File) => void): TextClipboard => ({
  writeText: text => system.writeText(text),
  async readText() {
    // Not every browser reads more than text.
    if (!system.read) return await system.readText()
    for (const item of await system.read()) {
      if (item.types.includes('text/plain')) return await (await item.getType('text/plain')).text()
      const type = item.types.find(name => name.startsWith('image/'))
      if (type !== undefined) onImage(new File([await item.getType(type)], 'The pasted image', { type }))
    }
    return ''
  },
})
