/** What is asked for in a field: `meaningOf` reads what people type for a value. */
export type FieldKind = {
  readonly type: 'text' | 'time' | 'date'
  readonly meaningOf?: (typed: string) => string
}
