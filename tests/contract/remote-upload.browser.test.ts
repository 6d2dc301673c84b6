import { describe, expect, test } from 'vitest'
import { uploadWithProgress } from '../../src/adapters/webdav/upload.ts'

const body = new Blob([new Uint8Array(4_000_000)])

// The tests' own server takes no uploads: it hears them out and refuses.
function upload(onSent: (bytes: number) => void, signal = new AbortController().signal) {
  const url = new URL('/sync/talk.mp4', location.origin).href
  const line = { signal, heard: () => undefined }
  return uploadWithProgress({ url, headers: { 'X-Test': 'yes' }, body, line, onSent })
}

describe('an upload from a page', () => {
  test('tells how much of it has left, up to the last byte, and how it was answered', async () => {
    const heard: number[] = []
    const { status } = await upload((bytes) => heard.push(bytes))
    expect(heard.at(-1)).toBe(body.size)
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('ends with the reason of whoever stops it', async () => {
    const controller = new AbortController()
    const reason = new DOMException('The VO stopped it', 'AbortError')
    const uploading = upload(() => {
      controller.abort(reason)
    }, controller.signal)
    await expect(uploading).rejects.toBe(reason)
  })

  test('that was stopped before it began never begins', async () => {
    const heard: number[] = []
    const signal = AbortSignal.abort()
    await expect(upload((bytes) => heard.push(bytes), signal)).rejects.toBe(signal.reason)
    expect(heard).toEqual([])
  })

  test('breaks off like any other request where nobody answers', async () => {
    const url = 'http://127.0.0.1:1/talk.mp4'
    const line = { signal: new AbortController().signal, heard: () => undefined }
    const uploading = uploadWithProgress({ url, headers: {}, body, line, onSent: () => undefined })
    await expect(uploading).rejects.toBeInstanceOf(TypeError)
  })
})
