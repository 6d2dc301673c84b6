import type { Plugin } from 'vite'

/** What is broken, in which file, and how: the text that stands there, and what stands there instead. */
export declare const mutants: readonly {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}[]

/** A vite plugin that breaks the code as the mutant of that name says; it fails where the text is no longer there. */
export declare function breaking(name: string): Plugin
