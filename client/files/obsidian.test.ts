import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileError } from './error.ts'
import { drawing, element, open } from './testing.ts'
import { packLz } from './tldr.testing.ts'

const JSON_TEXT = drawing(element('ellipse'))

/** A note as the Excalidraw plugin of Obsidian writes it. */
const note = (kind: string, block: string) => `---
excalidraw-plugin: parsed
tags: [excalidraw]
---
==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==

# Excalidraw Data
## Text Elements
some words ^abc

\`\`\`json
{"not": "the drawing"}
\`\`\`

%%
## Drawing
\`\`\`${kind}
${block}
\`\`\`
%%
`

const lines = (packed: string) => packed.match(/.{1,256}/g)?.join('\n\n') ?? ''

test.each([
  ['plain', note('json', JSON.stringify(JSON.parse(JSON_TEXT), null, '\t'))],
  ['packed', note('compressed-json', lines(packLz(JSON_TEXT)))],
  ['with the line ends of Windows', note('json', JSON_TEXT).replaceAll('\n', '\r\n')],
  ['of older versions', `# Drawing\n\`\`\`json\n${JSON_TEXT}\n\`\`\``],
])('the drawing in a note of Obsidian opens: %s', async (_, text) => {
  expect((await open(text, 'plan.excalidraw.md')).shapes.map(({ type }) => type)).toEqual(['ellipse'])
})

test('a note without a drawing, or with a damaged one, is refused by name', async () => {
  await expect(open('# Notes\nwords', 'notes.md')).rejects.toThrow('"notes.md" is a note without a drawing.')
  const packed = note('compressed-json', 'BYUw')
  await expect(open(packed, 'plan.md')).rejects.toThrow('The drawing in "plan.md" is damaged')
  await expect(open('## Drawing\nnone', 'plan.md')).rejects.toThrow('The drawing in "plan.md" is damaged')
  await expect(open('words', 'words.txt')).rejects.toThrow('no valid JSON')
})

test('however a note is cut, it opens or is refused', async () => {
  const whole = note('compressed-json', lines(packLz(JSON_TEXT)))
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async length => {
      const opened = open(whole.slice(0, length), 'plan.md')
      await opened.catch((error: unknown) => expect(error).toBeInstanceOf(FileError))
    }),
    { numRuns: 60 },
  )
})
