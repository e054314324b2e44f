/** Version 1 had no database of the device, only one for each board and one for the list of boards. */
export function databaseV1ToV2(db: IDBDatabase): void {
  db.createObjectStore('vault')
  db.createObjectStore('previews')
}
