// Ways to break the engine on purpose. The worlds must notice each; one that they let pass shows what they lack.

/** What is broken, in which file, and how: the text that stands there, and what stands there instead. */
export const mutants = [
  {
    name: 'a listing that was cut counts as whole',
    file: 'src/adapters/webdav/envelope.ts',
    find: "lastTag.test(text.slice(text.lastIndexOf('</')))",
    replace: 'true',
  },
  {
    name: 'a move takes the place of what stands there',
    file: 'src/adapters/webdav/remote.ts',
    find: "Overwrite: overwrite ? 'T' : 'F'",
    replace: "Overwrite: overwrite ? 'T' : 'T'",
  },
  {
    name: 'what is removed does not rest in the trash',
    file: 'src/sync/publish/send-away.ts',
    find: '  const moved = await entryAt(remote, to, signal)',
    replace:
      '  const moved = await entryAt(remote, to, signal)\n  await remote.remove(to, { signal })',
  },
  {
    name: 'a folder that could not be listed counts as empty',
    file: 'src/sync/look/walk.ts',
    find: "    if (folder === devicesFolder && failure.kind === 'not-found') return { entries: [] }",
    replace: '    return { entries: [] }',
  },
  {
    name: 'an upload is not looked at before it is moved into place',
    file: 'src/sync/publish/send-file.ts',
    find: "  if (entry.size !== body.size) throw new Failed({ kind: 'bad-answer', path })",
    replace: '',
  },
  {
    name: 'an act counts as sent before it is in the journal',
    file: 'src/sync/publish/publish.ts',
    find: 'putOwnFile(run, { profile, signal })',
    replace: 'Promise.resolve({ modified: undefined, path: "", kind: "file", size: 0 })',
  },
  {
    name: 'the media folder is tidied by what is not known',
    file: 'src/sync/update/certainty.ts',
    find: '  return hasProgramme && (isListed || !isShared)',
    replace: '  return true',
  },
  {
    name: 'versions that do not show a change are trusted',
    file: 'src/domain/media.ts',
    find: 'export function isUnsettled({ etag, modified }: Version, latest: number): boolean {',
    replace:
      'export function isUnsettled({ etag, modified }: Version, latest: number): boolean {\n  if (latest !== undefined) return false',
  },
  {
    name: 'a deep listing may take things away',
    file: 'src/sync/look/look.ts',
    find: 'if (deep && missing.length === 0) return { seen: deep }',
    replace: 'if (deep) return { seen: deep }',
  },
  {
    name: 'a deep listing is believed unproven',
    file: 'src/sync/look/deep-listing.ts',
    find: '  if (!(await knownDeep(ports, profile))?.isTrue) return undefined',
    replace: '',
  },
  {
    name: 'the file under a name is taken for the one that was meant',
    file: 'src/sync/publish/sending.ts',
    find: '    if (found.has(folder) || (act.size',
    replace:
      '    if (named.includes(entry)) found.set(folder, entry)\n    if (found.has(folder) || (act.size',
  },
  {
    name: 'a hide is not looked at after it was sent',
    file: 'src/sync/publish/send-marker.ts',
    find: '  copy.put(present ?? (await entryAt(remote, path, options.signal)))',
    replace: "  copy.put({ path, kind: 'file', size: markerBody.length })",
  },
  {
    name: 'after a wrong password the asking goes on',
    file: 'src/domain/failure.ts',
    find: "    kind === 'unauthorized' ||",
    replace: '',
  },
  {
    name: 'journals merge without an order',
    file: 'src/domain/journal.ts',
    find: '  return a.lamport - b.lamport ||',
    replace: '  return',
  },
  {
    name: 'what came under a name at the last moment is removed with it',
    file: 'src/sync/publish/send-away.ts',
    find: '  if (moved.size !== act.size) return false\n  if (!act.key) return true',
    replace: '  return true',
  },
  {
    name: 'the file that stands where an upload went is taken for it',
    file: 'src/sync/publish/send-file.ts',
    find: 'return isOurs ? wasPut(act, entry) : {}',
    replace: 'return wasPut(act, entry)',
  },
  {
    name: 'a listing of a round number of entries counts as whole',
    file: 'src/domain/gate.ts',
    find: '  return isRound(entryCount) || isRound(entryCount + 1)',
    replace: '  return isRound(-entryCount)',
  },
  {
    name: 'a clock that is days off is trusted',
    file: 'src/sync/look/look.ts',
    find: 'Math.abs(serverTime - now) > dayMs',
    replace: 'Math.abs(serverTime - now) > 1_000 * dayMs',
  },
  {
    name: 'what is gone from a day leaves before the day is whole',
    file: 'src/sync/export/export.ts',
    find: "  return failure.kind === 'not-stored'",
    replace: "  return failure.kind === 'quota'",
  },
  {
    name: 'an upload lies in Media while it comes',
    file: 'src/domain/layout.ts',
    find: "export const tempFolder = '_sync/tmp'",
    replace: "export const tempFolder = 'Media/2026-11-18'",
  },
  {
    name: 'what a device has is told once and never again',
    file: 'src/sync/update/note-for-others.ts',
    find: 'saysElse(own?.receipt, next) || isOld(own?.receipt, next)',
    replace: '!own?.receipt',
  },
  {
    name: 'what a device has counts as told though it does not stand in its file',
    file: 'src/sync/publish/own-file.ts',
    find: '...(receipt && { receipt })',
    replace: '',
  },
  {
    name: 'of a file in two folders of a day one stays behind when it is moved',
    file: 'src/sync/publish/send-move.ts',
    find: '  await putAway(ports, { id, act: removal, entries: others }, options)',
    replace: '',
  },
  {
    name: 'a file that is moved only leaves where it was',
    file: 'src/sync/publish/send-move.ts',
    find: '  return moveOne(ports, { act, entry: first, folder }, options)',
    replace: '  await putAway(ports, { id, act: removal, entries: [first] }, options)\n  return {}',
  },
  {
    name: 'the first word on an item’s place counts',
    file: 'src/domain/ordering.ts',
    find: 'of mergeJournals(journal)) {',
    replace: 'of mergeJournals(journal).toReversed()) {',
  },
  {
    name: 'the place of an item does not show in its file’s name',
    file: 'src/domain/curation.ts',
    find: '  return prefix === undefined ? name : withPrefix(name, prefix)',
    replace: '  return prefix === undefined ? name : name',
  },
  {
    name: 'a rule of recurring media is forgotten when it is old',
    file: 'src/domain/journal.ts',
    find: '      ruling.has(stamped.id) ||',
    replace: '',
  },
  {
    name: 'what was hidden under two names is hidden under the last alone',
    file: 'src/domain/hides.ts',
    find: 'hide.day === day && hide.name !== name)',
    replace: 'hide.day === day && hide.name === undefined)',
  },
]

/** A vite plugin that breaks the code as the mutant of that name says; it fails where the text is no longer there. */
export function breaking(name) {
  const mutant = mutants.find((one) => one.name === name)
  if (!mutant) throw new Error(`no mutant is called ${name}`)
  return {
    name: 'breaking',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(`/${mutant.file}`)) return undefined
      if (!code.includes(mutant.find)) this.error(`${mutant.file} has changed: ${mutant.name}`)
      return { code: code.replace(mutant.find, () => mutant.replace), map: null }
    },
  }
}
