type Refuse = (value: unknown) => DOMException | undefined

/** Runs `work` on an IndexedDB that refuses to store the values for which `refuse` has an answer. */
async function refusing(refuse: Refuse, work: () => Promise<void>): Promise<void> {
  const { prototype } = IDBObjectStore
  const originals = { add: Reflect.get(prototype, 'add'), put: Reflect.get(prototype, 'put') }
  const guarded = (original: typeof prototype.put) =>
    function (this: IDBObjectStore, value: unknown, ...key: [IDBValidKey?]) {
      const trouble = refuse(value)
      if (trouble) throw trouble
      return Reflect.apply(original, this, [value, ...key])
    }
  const troubled = { add: guarded(originals.add), put: guarded(originals.put) }
  Object.assign(prototype, troubled)
  await work().finally(() => Object.assign(prototype, originals))
}

/** A disk without room for another byte. */
export function withFullDisk(work: () => Promise<void>): Promise<void> {
  return refusing(() => new DOMException('full', 'QuotaExceededError'), work)
}

/** WebKit in a private window: no Blobs. `onRefusal` hears of every attempt. */
export function withoutBlobs(work: () => Promise<void>, onRefusal: () => void): Promise<void> {
  const refuse = (value: unknown) => {
    if (!(value instanceof Blob)) return undefined
    onRefusal()
    return new DOMException('Error preparing Blob/File data', 'DataCloneError')
  }
  return refusing(refuse, work)
}
