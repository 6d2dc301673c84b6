// What a browser's processes hold in memory that no file on disk backs (proc(5): RssAnon, RssShmem).
import { readdirSync, readFileSync } from 'node:fs'

const sampleMs = 100

/** Watches all processes under one; `stop` answers by how many bytes they grew at most since the start. */
export function watchMemory(pid) {
  const idle = heldBy(pid)
  let most = idle
  const timer = setInterval(() => {
    most = Math.max(most, heldBy(pid))
  }, sampleMs)
  return {
    stop() {
      clearInterval(timer)
      return most - idle
    },
  }
}

function heldBy(pid) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess)
  const family = new Set([pid])
  // Children have higher numbers than their parents but where numbers begin anew: then the next round finds them.
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const { id, parent } of processes) if (family.has(parent)) family.add(id)
  }
  const members = processes.filter(({ id }) => family.has(id))
  return members.reduce((sum, { bytes }) => sum + bytes, 0)
}

function readProcess(name) {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8')
    const number = (field) => Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const bytes = (number('RssAnon') + number('RssShmem')) * 1024
    return [{ id: Number(name), parent: number('PPid'), bytes }]
  } catch (error) {
    // It ended between the two looks.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return []
    throw error
  }
}
