/** What one document may hold. The relay refuses more; every client keeps within it. */
export const LIMITS = {
  /** World units. Past this, float32 on the GPU can no longer tell pixels apart. */
  coordinate: 1e7,
  /** UTF-16 code units of one text. */
  textLength: 20_000,
  /** UTF-16 code units of one text after a merge: what people type at the same time, each within their limit, adds up. */
  mergedTextLength: 100_000,
  /** Marked stretches of one text: letters of one look, next to letters of another. */
  textMarks: 2_000,
  /** Beginnings and ends of looks in one text after a merge; each stretch has two for each look. */
  mergedTextFormats: 40_000,
  /** Bytes of one packed stroke: about 80,000 points, an hour of drawing without lifting the pen. */
  inkBytes: 200_000,
  /** Points of one line or arrow. */
  linePoints: 5_000,
  /** Nesting of groups around one shape. */
  groupDepth: 32,
  /** UTF-16 code units of an id. */
  idLength: 64,
  /** UTF-16 code units of a fractional index key. */
  orderKeyLength: 256,
  /** UTF-16 code units of a board's title. */
  titleLength: 200,
  /** UTF-16 code units of one comment. */
  commentLength: 5_000,
  /** UTF-16 code units of the name that a comment is signed with. */
  authorLength: 100,
  /** UTF-16 code units of an address. */
  linkLength: 2_000,
  /** UTF-16 code units of what another program's file said of a shape. */
  sourceLength: 50_000,
  /** UTF-16 code units of the name of who changed a shape last. */
  byLength: 60,
} as const
