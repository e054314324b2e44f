import type { ObjectStore } from '../../storage/object-store.ts'
import type { BoardLog, UpdateLog } from '../../storage/update-log.ts'
import type { Stores } from '../../stores.ts'
import type { Death, Operation } from './fault.ts'

/** The stores as they are, but for the operation in which the process dies. */
export function dyingStores(stores: Stores, death: Death): Stores {
  return { ...stores, log: dyingLog(stores.log, death), objects: dyingObjects(stores.objects, death) }
}

function dyingLog(log: UpdateLog, death: Death): UpdateLog {
  return {
    boards: () => death.around('boards', () => log.boards()),
    async open(board) {
      const opened = await death.around('board', () => log.open(board))
      return { ...opened, log: dyingBoard(opened.log, death) }
    },
    probe: () => log.probe(),
    close: () => log.close(),
  }
}

function dyingBoard(log: BoardLog, death: Death): BoardLog {
  return {
    append: record => death.around('append', () => log.append(record)),
    compact: record => death.around('compact', () => log.compact(record)),
    settle: record => death.around('settle', () => log.settle(record)),
    get isSettled() {
      return log.isSettled
    },
    size: log.size,
  }
}

function dyingObjects(objects: ObjectStore, death: Death): ObjectStore {
  /** Runs it with the fault of its kind of object, if there is one. */
  function at<T>(key: string, kinds: Readonly<Record<string, Operation>>, run: () => Promise<T>): Promise<T> {
    const operation = Object.entries(kinds).find(([kind]) => key.includes(kind))?.[1]
    return operation ? death.around(operation, run) : run()
  }
  return {
    put: (key, content) =>
      at(key, { '/snapshots/': 'put', '/versions/': 'version' }, () => objects.put(key, content)),
    putIfAbsent: (key, content) => at(key, { '/keys': 'claim' }, () => objects.putIfAbsent(key, content)),
    replace: (key, expected, content) => objects.replace(key, expected, content),
    get: key => at(key, { '/snapshots/': 'get' }, () => objects.get(key)),
    stream: key => objects.stream(key),
    list: prefix => at(prefix, { '/snapshots/': 'list' }, () => objects.list(prefix)),
    folders: prefix => objects.folders(prefix),
    remove: keys => at(keys[0] ?? '', { '/snapshots/': 'remove' }, () => objects.remove(keys)),
    probe: () => objects.probe(),
    close: () => objects.close(),
  }
}
