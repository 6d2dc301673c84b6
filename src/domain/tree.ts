/** Plain data with names, as JSON has it. */
export type Tree = { readonly [name: string]: unknown }

/** True for an object with names; to JavaScript a list is one too, to us it is not. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path like `media.lang`; undefined where there is nothing. */
export function valueAt(tree: unknown, path: string): unknown {
  return path.split('.').reduce((inner, name) => own(inner, name), tree)
}

/** The tree with a value at a path; what stands in the way and is no tree makes way. */
export function withValue(tree: unknown, path: string, value: unknown): Tree {
  const [name = '', ...rest] = path.split('.')
  const base = isTree(tree) ? tree : {}
  if (rest.length === 0) return { ...base, [name]: value }
  return { ...base, [name]: withValue(own(base, name), rest.join('.'), value) }
}

/** The tree without what stands at a path, and without a branch that became empty by that. */
export function withoutValue(tree: Tree, path: string): Tree {
  if (valueAt(tree, path) === undefined) return tree
  const [name = '', ...rest] = path.split('.')
  const { [name]: inner, ...others } = tree
  if (rest.length === 0 || !isTree(inner)) return others
  const left = withoutValue(inner, rest.join('.'))
  return Object.keys(left).length > 0 ? { ...tree, [name]: left } : others
}

// `constructor` and its like are nobody's settings.
function own(tree: unknown, name: string): unknown {
  return isTree(tree) && Object.hasOwn(tree, name) ? tree[name] : undefined
}
