import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { DocBoard } from '../../client/board/doc-board.ts'

/**
 * Documents as each version of the schema wrote them: `v<version>/<name>.update`, an update in Yjs's V1 encoding, beside
 * `<name>.json`, the picture that the same version read out of it. They are never written again once a version was
 * released: what is on people's devices does not change either.
 */
const FOLDER = fileURLToPath(new URL('../schema/fixtures/', import.meta.url))

/** What a person sees of a document, as JSON has it: bytes in base64. */
export interface Picture {
  readonly title: string
  readonly shapes: readonly Readonly<Record<string, unknown>>[]
  readonly comments: unknown
}

export interface Fixture {
  /** Such as `v1/merge`. */
  readonly name: string
  readonly version: number
  readonly update: Uint8Array
  readonly picture: Picture
}

export function pictureOf(doc: Y.Doc): Picture {
  const board = new DocBoard(doc)
  const plain = { title: board.title, shapes: board.ordered, comments: doc.getMap('comments').toJSON() }
  board.destroy()
  const asText = (_: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
  return JSON.parse(JSON.stringify(plain, asText)) as Picture
}

/** All fixtures, of every version. */
export function schemaFixtures(): readonly Fixture[] {
  return readdirSync(FOLDER).flatMap(folder =>
    readdirSync(`${FOLDER}${folder}`)
      .filter(file => file.endsWith('.update'))
      .map(file => {
        const name = `${folder}/${file.replace('.update', '')}`
        return {
          name,
          version: Number(folder.slice(1)),
          update: new Uint8Array(readFileSync(`${FOLDER}${name}.update`)),
          picture: JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')) as Picture,
        }
      }),
  )
}

export function writeSchemaFixture(version: number, name: string, doc: Y.Doc): void {
  mkdirSync(`${FOLDER}v${version}`, { recursive: true })
  const path = `${FOLDER}v${version}/${name}`
  writeFileSync(`${path}.update`, Y.encodeStateAsUpdate(doc))
  writeFileSync(`${path}.json`, `${JSON.stringify(pictureOf(doc))}\n`)
}
