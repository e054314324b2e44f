/** Ends an exhaustive switch: a case that is missing is a compile error, one that arrives anyway is thrown. */
export function unreachable(value: never): never {
  throw new Error(`Nothing handles ${JSON.stringify(value)}.`)
}
