import { type Command, hasSelection } from './command.ts'

export const LIBRARY_COMMANDS: readonly Command[] = [
  {
    id: 'add-to-library',
    title: 'Add to the library',
    section: 'Edit',
    keys: [],
    enabled: editor => editor.library !== undefined && hasSelection(editor),
    // What goes wrong, the library tells.
    run: editor =>
      void editor.library?.open().then(
        library => library.addSelection(),
        () => {},
      ),
  },
]
