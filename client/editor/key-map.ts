/** Keys that a person gave to commands instead of their own, by the command's id; none at all for an empty list. */
export type KeyMap = Readonly<Record<string, readonly string[]>>

interface Bound {
  readonly id: string
  readonly keys: readonly string[]
}

/** `commands` with the keys of `map`, where it has any for them. */
export const withKeys = <C extends Bound>(commands: readonly C[], map: KeyMap): readonly C[] =>
  commands.map(command =>
    Object.hasOwn(map, command.id) ? { ...command, keys: map[command.id] ?? [] } : command,
  )
