// Which act's file is going up shows in the names of the locks that are held: all tabs can see those, and they end with
// the tab that held them.

/** Shows to all tabs which act's file is going up for a congregation; undefined shows that none is. */
export function movingSign(): (profile: string, act: string | undefined) => void {
  let shown: string | undefined
  let takeDown = () => {}
  return (profile, act) => {
    if (act === shown) return
    takeDown()
    shown = act
    takeDown = act === undefined ? () => {} : hold(signOf(profile) + act)
  }
}

/** True while some tab sends the file of another act than this one: what comes after that file can still be given up. */
export async function isAnotherMoving(profile: string, act: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  const sign = signOf(profile)
  return held.some(({ name = '' }) => name.startsWith(sign) && name !== sign + act)
}

function hold(name: string): () => void {
  let release = () => {}
  const held = new Promise<void>((done) => (release = done))
  void navigator.locks.request(name, () => held)
  return release
}

function signOf(profile: string): string {
  return `lectern-moving-${profile}/`
}
