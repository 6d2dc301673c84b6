import type { Profile } from '../sync/ports.ts'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What outlives a reload: `tab` of this tab alone, `device` for the tabs to come. */
export type Shelves = { readonly tab: Shelf; readonly device: Shelf }

const open = 'lectern.open'
const isBegun = 'lectern.begun'

/**
 * Which of the congregations on this device is open in this tab. A tab keeps its own when another tab switches, also over
 * a reload: whoever hides a song must not find himself in another congregation because of a click in another window. A
 * new tab begins with the one that was chosen last.
 */
export function createOpenProfile({ tab, device }: Shelves = forgetful()) {
  function among(profiles: readonly Profile[]): Profile | undefined {
    return tab.getItem(isBegun) === null ? kept(profiles) : undefined
  }

  function kept(profiles: readonly Profile[]): Profile | undefined {
    const known = (id: string | null) => profiles.find((profile) => profile.id === id)
    const last = known(device.getItem(open))
    // Nothing is left of a congregation that was forgotten, neither here.
    if (!last) device.removeItem(open)
    const found = known(tab.getItem(open)) ?? last ?? profiles[0]
    if (found) tab.setItem(open, found.id)
    else tab.removeItem(open)
    return found
  }

  function choose(id: string): void {
    goBack()
    tab.setItem(open, id)
    device.setItem(open, id)
  }

  function goBack(): void {
    tab.removeItem(isBegun)
  }

  return {
    /** The open one; undefined where there is none, and while another one is begun. */
    among,

    choose,

    /** From now on none is open, until one is chosen. */
    beginAnother(): void {
      tab.setItem(isBegun, 'yes')
    },

    /** Whatever was begun: the one that was open before is open again. */
    goBack,
  }
}

// A page that is told nowhere to keep it knows it until it is closed.
function forgetful(): Shelves {
  return { tab: memory(), device: memory() }
}

function memory(): Shelf {
  const items = new Map<string, string>()
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  }
}
