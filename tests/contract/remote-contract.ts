import { beforeEach, describe } from 'vitest'
import { deepStories } from './remote-deep-stories.ts'
import { fileStories } from './remote-file-stories.ts'
import { lookStories } from './remote-look-stories.ts'
import { moveStories } from './remote-move-stories.ts'
import { nameStories } from './remote-name-stories.ts'
import { sceneOn, type RemoteStand } from './remote-scene.ts'

/** What every Remote promises, told as the congregation lives it. `newStand` makes a fresh, empty sync folder. */
export function remoteContract(name: string, newStand: () => Promise<RemoteStand>): void {
  describe(`${name} as a remote`, () => {
    let stand: RemoteStand
    const scene = sceneOn(() => stand)

    beforeEach(async () => {
      stand = await newStand()
    })

    lookStories(scene)
    deepStories(scene)
    nameStories(scene)
    fileStories(scene)
    moveStories(scene)
  })
}
