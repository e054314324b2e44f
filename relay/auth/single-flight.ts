/** `ask`, but whoever asks for a key that is being asked for already waits for the same answer. */
export function singleFlight<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const flights = new Map<string, Promise<T>>()
  return key => {
    const running = flights.get(key)
    if (running !== undefined) return running
    const flight = ask(key).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
