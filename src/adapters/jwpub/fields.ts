// Rows as values: which column becomes which property, and what stands there if a year's publications lack it.

/** A column, `Table.Column`, and what is made of it. */
export type Field = {
  readonly column: `${string}.${string}`
  readonly as: 'text' | 'number'
  readonly isOptional: boolean
}

type FieldOf<As, Optional> = Field & { readonly as: As; readonly isOptional: Optional }

/** '' where there is none. */
export function text(column: Field['column']): FieldOf<'text', false> {
  return { column, as: 'text', isOptional: false }
}

/** 0 where there is none. */
export function number(column: Field['column']): FieldOf<'number', false> {
  return { column, as: 'number', isOptional: false }
}

/** No property where there is none, or an empty one. */
export function optionalText(column: Field['column']): FieldOf<'text', true> {
  return { column, as: 'text', isOptional: true }
}

/** No property where there is none. */
export function optionalNumber(column: Field['column']): FieldOf<'number', true> {
  return { column, as: 'number', isOptional: true }
}

export type Fields = Readonly<Record<string, Field>>

type ValueOf<F extends Field> = F['as'] extends 'text' ? string : number
type OptionalOf<F extends Fields> = {
  [Name in keyof F]: F[Name]['isOptional'] extends true ? Name : never
}[keyof F]

/** A row with the properties that fields name. */
export type RowOf<F extends Fields> = {
  readonly [Name in Exclude<keyof F, OptionalOf<F>>]: ValueOf<F[Name]>
} & { readonly [Name in OptionalOf<F>]?: ValueOf<F[Name]> }

/** A row from the values that SQLite gave, in the order of the fields. */
export function rowOf<F extends Fields>(fields: F, values: readonly unknown[]): RowOf<F> {
  const properties = Object.entries(fields).map(([name, field], index) => [
    name,
    valueOf(field, values[index]),
  ])
  return Object.fromEntries(properties.filter(([, value]) => value !== undefined)) as RowOf<F>
}

function valueOf({ as, isOptional }: Field, value: unknown): string | number | undefined {
  if (as === 'text') {
    const given = typeof value === 'string' ? value : ''
    return isOptional && given === '' ? undefined : given
  }
  if (typeof value === 'number') return value
  return isOptional ? undefined : 0
}
