import type { FailedOutput } from '../../domain/export-plan.ts'
import { Failed, failureOf } from '../../domain/failure.ts'
import {
  fileTypeOf,
  madeName,
  recipeFor,
  staysBeside,
  type Recipe,
} from '../../domain/renditions.ts'
import type { MadeFile, MadeFiles } from './made.ts'
import type { Maker, MakerOf } from './makers.ts'
import type { PrepareOptions, PreparePorts } from './outputs.ts'
import { notStored } from './wanted-outputs.ts'

/** A file that an item may be exported as: `fileName` is what it would like to be called. */
export type Form = MadeFile & { readonly fileName: string; readonly type: string }

/** An item, and the form that others may have to be made of. `onStep` hears how much of one is made. */
export type Job = {
  readonly path: string
  readonly name: string
  readonly form: Form
  readonly onStep: (share: number) => void
}

/** What the making needs, and what comes of it. */
export type Making = {
  readonly store: Pick<PreparePorts['store'], 'blob'>
  readonly made: MadeFiles
  readonly makerOf: MakerOf
  readonly options: Pick<PrepareOptions, 'settings' | 'signal'>
  readonly failed: FailedOutput[]
  /** This device has no room for more. */
  isFull: boolean
}

type Next = { readonly recipe: Recipe; readonly maker: Maker }

/** What is to be made of a form; undefined where it stays as it is. What is here need not be made by anybody. */
export function nextOf(making: Making, form: Pick<Form, 'type' | 'key'>): Next | undefined {
  const recipe = recipeFor(form.type, making.options.settings.media)
  if (!recipe) return undefined
  const isHere = partsHere(making, form, recipe) !== undefined
  const maker = making.makerOf(recipe) ?? (isHere ? nobody : undefined)
  return maker && { recipe, maker }
}

const nobody: Maker = () => {
  throw new Error('it is here')
}

/** The forms of an item, made where they are lacking; where one cannot be made, what it would have been made of. */
export async function formsOf(making: Making, job: Job): Promise<readonly Form[]> {
  const { form } = job
  const next = nextOf(making, form)
  if (!next) return [form]
  const parts = await partsOrFailure(making, job, next)
  if (!parts) return [form]
  const forms = staysBeside(next.recipe, making.options.settings.media) ? [form] : []
  for (const [index, part] of parts.entries()) {
    const fileName = madeName(form.fileName, { recipe: next.recipe, part: index + 1 })
    const made = { ...part, fileName, type: fileTypeOf(fileName) }
    forms.push(...(await formsOf(making, { ...job, form: made })))
  }
  return forms
}

/** What is here of a form's next ones: all of them, or undefined. */
export function partsHere(
  { made }: Making,
  { key }: Pick<Form, 'key'>,
  recipe: Recipe,
): readonly MadeFile[] | undefined {
  const known = made.partsOf(recipe, key)
  const here = known.flatMap((part) => part ?? [])
  return here.length > 0 && here.length === known.length ? here : undefined
}

async function partsOrFailure(
  making: Making,
  job: Job,
  next: Next,
): Promise<readonly MadeFile[] | undefined> {
  try {
    return partsHere(making, job.form, next.recipe) ?? (await partsMade(making, job, next))
  } catch (error) {
    making.options.signal?.throwIfAborted()
    const failure = failureOf(error)
    if (!failure) throw error
    if (failure.kind === 'quota') making.isFull = true
    tell(making, job, failure)
    return undefined
  }
}

async function partsMade(
  { store, made, options, isFull }: Making,
  { name, form, onStep }: Job,
  { recipe, maker }: Next,
): Promise<readonly MadeFile[]> {
  options.signal?.throwIfAborted()
  if (isFull) throw new Failed({ kind: 'quota' })
  onStep(0)
  const { key, type } = form
  const body = await store.blob(key)
  if (!body) throw new Failed(notStored(name))
  return maker(
    { body, type },
    {
      signal: options.signal,
      onStep,
      known: made.partsOf(recipe, key),
      keep: (part, parts, blob) => made.keep({ recipe, key, part, parts }, blob),
    },
  )
}

// One trouble an item, though all its pages have it. What converts does not know what it was given.
function tell({ failed }: Making, { path, name }: Job, failure: FailedOutput['failure']): void {
  if (failed.some((one) => one.path === path)) return
  failed.push({ path, failure: failure.kind === 'not-converted' ? { ...failure, name } : failure })
}
