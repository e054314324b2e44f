/** Where a command tells what it did. */
export interface Terminal {
  /** The result. */
  say(line: string): void
  /** What the operator should know beside it. */
  warn(line: string): void
}

/** Results on stdout, all else on stderr. */
export const terminal: Terminal = {
  say: line => console.log(line),
  warn: line => console.error(line),
}
