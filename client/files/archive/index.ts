/** Files that hold whole boards. To be loaded with `import()`: nobody needs it for the first picture. */
export type { ArchivedBoard, ArchivedDrawing, BoardIdentity } from './format.ts'
export { readArchive } from './read.ts'
export { ArchiveWriter } from './write.ts'
