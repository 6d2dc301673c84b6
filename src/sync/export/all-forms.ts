import type { FailedOutput } from '../../domain/export-plan.ts'
import { nameOf } from '../../domain/layout.ts'
import { kindOf, type ContentKey } from '../../domain/media.ts'
import { fileTypeOf } from '../../domain/renditions.ts'
import { inParallel } from '../pool.ts'
import { madeFiles } from './made.ts'
import { makersOf } from './makers.ts'
import type { PrepareOptions, PreparePorts } from './outputs.ts'
import { formsOf, nextOf, partsHere, type Form, type Making } from './renditions.ts'
import { toldType } from './told-type.ts'
import type { OwnOutput } from './wanted-outputs.ts'

/** By the paths of the items' own files, the forms that are exported of them; and what could not be made. */
type AllForms = {
  readonly forms: ReadonlyMap<string, readonly Form[]>
  readonly failed: readonly FailedOutput[]
}

type Due = { readonly output: OwnOutput; readonly form: Form }

const looksAtOnce = 8

/** Makes what is lacking, one after the other: two films at once would take as long, and twice the memory. */
export async function allForms(
  ports: PreparePorts,
  outputs: readonly OwnOutput[],
  options: PrepareOptions,
): Promise<AllForms> {
  const { store } = ports
  const made = await madeFiles(store, options.profile)
  const failed: FailedOutput[] = []
  const making: Making = { store, made, makerOf: makersOf(ports), options, failed, isFull: false }
  const due = await dueOf(making, outputs)
  const lacking = due.filter((one) => isLacking(making, one))
  const forms = new Map<string, readonly Form[]>()
  for (const { output, form } of due) {
    const { path, name, size } = output
    const doneFiles = lacking.findIndex((one) => one.output === output)
    const onStep = (share: number) =>
      options.onStep?.({ name, size, doneFiles, totalFiles: lacking.length, share })
    forms.set(path, await formsOf(making, { path, name, form, onStep }))
  }
  return { forms, failed }
}

/** The items of which something is to be made, in their order. What is not on this device waits. */
async function dueOf(making: Making, outputs: readonly OwnOutput[]): Promise<readonly Due[]> {
  const due = new Map<OwnOutput, Form>()
  await inParallel(outputs, looksAtOnce, async (output) => {
    const { key, size, path } = output
    if (!key || !making.made.has(key)) return
    const type = await typeOf(making, output, key)
    const form = { key, size, type, fileName: nameOf(path) }
    if (nextOf(making, form)) due.set(output, form)
  })
  return outputs.flatMap((output) => {
    const form = due.get(output)
    return form ? [{ output, form }] : []
  })
}

// JW.org's files are what their names say, and nobody calls a picture a film; other people's are looked at.
async function typeOf({ store }: Making, { name, isJworg }: OwnOutput, key: ContentKey) {
  if (isJworg || kindOf(name) === 'video') return fileTypeOf(name)
  return fileTypeOf(name, await toldType(store, key))
}

function isLacking(making: Making, { form }: Due): boolean {
  const next = nextOf(making, form)
  return next !== undefined && !partsHere(making, form, next.recipe)
}
