/** Runs tasks of the same name one after the other, in the order they were asked for; those of other names meanwhile. */
export function oneAtATime(): <T>(name: string, task: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()

  return async (name, task) => {
    const before = last.get(name)
    const result = before === undefined ? task() : before.then(task)
    const settled = result.catch(() => undefined)
    last.set(name, settled)
    try {
      return await result
    } finally {
      if (last.get(name) === settled) last.delete(name)
    }
  }
}
