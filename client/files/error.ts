/** A file that cannot be opened at all. The message is for the person who chose it. */
export class FileError extends Error {
  override readonly name = 'FileError'

  /**
   * @param what what is wrong, as a whole sentence
   * @param where a path in the file such as `elements`, or `line 3, column 7`; empty when it is the whole file
   * @param todo what the person can do, as a whole sentence
   */
  constructor(
    readonly what: string,
    readonly where: string,
    readonly todo: string,
  ) {
    super(where === '' ? `${what} ${todo}` : `${what} (At ${where}.) ${todo}`)
  }
}
