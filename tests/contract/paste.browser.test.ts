import { afterEach, beforeEach, expect, test } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { usePaste } from '../../src/app/composables/usePaste.ts'
import { withWords } from '../../src/i18n/words.ts'

let scope: EffectScope
let came: string[]
let use: ReturnType<typeof usePaste> | undefined

beforeEach(async () => {
  await withWords(Promise.resolve())
  came = []
  scope = effectScope()
  use = scope.run(() => usePaste((files) => came.push(...files.map(({ name }) => name))))
})

afterEach(() => {
  scope.stop()
  document.body.replaceChildren()
})

function paste(target: EventTarget, ...files: File[]): boolean {
  const clipboardData = new DataTransfer()
  for (const file of files) clipboardData.items.add(file)
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  return event.defaultPrevented
}

const picture = new File(['\u0089PNG'], 'image.png', { type: 'image/png' })

test('a picture that is pasted anywhere on the page comes with a name that tells the moment', () => {
  expect(paste(document.body, picture)).toBe(true)
  expect(came).toEqual([expect.stringMatching(/^Pasted picture \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/)])
})

test('a file that has a name keeps it', () => {
  paste(document.body, new File(['%PDF'], 'Programme.pdf', { type: 'application/pdf' }))
  expect(came).toEqual(['Programme.pdf'])
})

test('text fields and open dialogs keep what is pasted into them, and words are nobody’s files', () => {
  const field = document.body.appendChild(document.createElement('input'))
  expect(paste(field, picture)).toBe(false)
  expect(paste(document.body)).toBe(false)
  const dialog = document.body.appendChild(document.createElement('dialog'))
  dialog.showModal()
  expect(paste(document.body, picture)).toBe(false)
  dialog.close()
  scope.stop()
  expect(paste(document.body, picture)).toBe(false)
  expect(came).toEqual([])
})

test('a button takes what was copied, and says where there is nothing or it may not look', async () => {
  const { clipboard } = navigator
  const answers: (() => Promise<ClipboardItems>)[] = [
    () => Promise.resolve([new ClipboardItem({ 'text/html': 'x', 'image/png': picture })]),
    () => Promise.resolve([new ClipboardItem({ 'text/plain': 'words' })]),
    () => Promise.reject(new DOMException('no', 'NotAllowedError')),
  ]
  const read = clipboard.read.bind(clipboard)
  clipboard.read = () => answers.shift()?.() ?? read()
  expect([await use?.paste?.(), await use?.paste?.(), await use?.paste?.()]).toEqual([
    'taken',
    'nothing',
    'denied',
  ])
  clipboard.read = read
  expect(came).toEqual([expect.stringMatching(/^Pasted picture .*\.png$/)])
})
