// Loaded into the server's process ahead of it: tells its parent, when asked, what was requested since the last time.
import { subscribe } from 'node:diagnostics_channel'

let requests = []

subscribe('http.server.request.start', ({ request: { method, url } }) => {
  requests.push({ method, url })
})
process.on('message', () => {
  process.send(requests)
  requests = []
})
process.channel.unref()
