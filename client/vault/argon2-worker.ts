import { argon2Key, type StretchRequest } from './argon2.ts'

/** Answers one request with its key, or with null where there is not enough memory for it. */
self.onmessage = ({ data }: MessageEvent<StretchRequest>) => {
  argon2Key(data).then(
    key => self.postMessage(key),
    () => self.postMessage(null),
  )
}
