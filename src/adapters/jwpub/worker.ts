// Wires the worker in which publications are read: unpacking one would block the page.
import { readerDesk } from './desk.ts'
import { isToReader } from './messages.ts'
import { loadSqlite } from './sqlite.ts'

const hear = readerDesk({
  sqlite: loadSqlite,
  say: (message) => {
    postMessage(message)
  },
})

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToReader(data)) hear(data)
})
