import * as v from 'valibot'

/** The text of an element; one with attributes of its own, as IIS writes them, arrives as an object. */
export const Text = v.union([
  v.string(),
  v.pipe(
    v.object({ text: v.string() }),
    v.transform(({ text }) => text),
  ),
])

/** A property as text, empty where there is none. */
export const Property = v.fallback(v.optional(Text, ''), '')
