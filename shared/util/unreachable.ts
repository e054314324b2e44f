/** For the default of an exhaustive switch: a compile error when a case is missing, an error when data lied. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
