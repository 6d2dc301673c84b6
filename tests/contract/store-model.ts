import type { ContentKey } from '../../src/domain/media.ts'
import type { HeldFile } from '../../src/domain/plan.ts'
import { heldFile } from './store-given.ts'
import type { Operation } from './store-operations.ts'

/** What a store must show after some operations. */
export type Model = {
  readonly files: Map<string, { profile: string; row: HeldFile }>
  acts: { profile: string; id: string; key: ContentKey; isSent: boolean }[]
  readonly blobs: Map<ContentKey, string>
  readonly downloads: Map<string, { at: number; parts: string[] }>
}

export function emptyModel(): Model {
  return { files: new Map(), acts: [], blobs: new Map(), downloads: new Map() }
}

/** Does it to the model. False where a store must refuse it and change nothing. */
export function foresee(model: Model, step: Operation): boolean {
  switch (step.do) {
    case 'putFiles':
      addModelBlob(model, step.key, step.label)
      setRow(model, step.profile, heldFile(step.ref, step.key))
      return true
    case 'link':
      setRow(model, step.profile, heldFile(step.ref, step.key))
      return true
    case 'dropFiles':
      model.files.delete(rowKey(step))
      return true
    case 'forgetFiles': {
      const held = model.files.get(rowKey(step))
      if (held) setRow(model, step.profile, { ...held.row, goneAt: 9 })
      return true
    }
    case 'enqueue': {
      const { profile, id, key } = step
      if (model.acts.some((act) => act.profile === profile && act.id === id)) return false
      model.acts.push({ profile, id, key, isSent: false })
      addModelBlob(model, key, step.label)
      return true
    }
    case 'markSent':
      model.acts = model.acts.map((act) => (isActOf(act, step) ? { ...act, isSent: true } : act))
      return true
    case 'dequeue':
      model.acts = model.acts.filter((act) => !isActOf(act, step))
      return true
    case 'putPart': {
      const { at, parts } = model.downloads.get(step.id) ?? { at: step.at, parts: [] }
      if (parts.join('').length === step.from) {
        model.downloads.set(step.id, { at, parts: [...parts, step.label] })
      }
      return true
    }
    case 'commitDownload': {
      const parts = model.downloads.get(step.id)?.parts
      if (!parts && !model.blobs.has(step.key)) return false
      if (parts) addModelBlob(model, step.key, parts.join(''))
      model.downloads.delete(step.id)
      setRow(model, step.profile, heldFile(step.ref, step.key))
      return true
    }
    case 'dropDownload':
      model.downloads.delete(step.id)
      return true
    case 'collect':
      collectModel(model, step.startedBefore)
      return true
    case 'dropProfile':
      dropModelProfile(model, step.profile)
      return true
  }
}

function rowKey({ profile, ref }: { profile: string; ref: string }): string {
  return `${profile} ${ref}`
}

function setRow({ files }: Model, profile: string, row: HeldFile): void {
  files.set(rowKey({ profile, ref: row.ref }), { profile, row })
}

function addModelBlob({ blobs }: Model, key: ContentKey, label: string): void {
  if (!blobs.has(key)) blobs.set(key, label)
}

function isActOf(act: Model['acts'][number], { profile, id }: { profile: string; id: string }) {
  return act.profile === profile && act.id === id
}

function namedIn({ files, acts }: Model): Set<ContentKey> {
  return new Set([...[...files.values()].map(({ row }) => row.key), ...acts.map(({ key }) => key)])
}

function collectModel(model: Model, startedBefore: number): void {
  const named = namedIn(model)
  for (const key of [...model.blobs.keys()]) if (!named.has(key)) model.blobs.delete(key)
  for (const [id, { at }] of [...model.downloads])
    if (at < startedBefore) model.downloads.delete(id)
}

function dropModelProfile(model: Model, profile: string): void {
  const before = namedIn(model)
  for (const [key, held] of [...model.files]) if (held.profile === profile) model.files.delete(key)
  model.acts = model.acts.filter((act) => act.profile !== profile)
  const after = namedIn(model)
  for (const key of before) if (!after.has(key)) model.blobs.delete(key)
}
