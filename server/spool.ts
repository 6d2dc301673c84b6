import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BadRequestError } from 'nephele'
import type { Turns } from './turns.ts'

const prefix = 'upload-'

type Upload = {
  readonly body: Readable
  /** Absolute path of the file it becomes. */
  readonly target: string
  /** What the client announced, where it did. */
  readonly expectedBytes?: number | undefined
}

/** Takes an upload whole or not at all: until its last byte is on the disk, the file it replaces stays as it is. */
export type Spool = (upload: Upload) => Promise<void>

/** A spool in a folder beside the served one, on the same disk; what an earlier run left there is removed. */
export async function openSpool(folder: string, served: string, turns: Turns): Promise<Spool> {
  await mkdir(folder, { recursive: true })
  await removeLeftovers(folder)
  if ((await stat(folder)).dev !== (await stat(served)).dev) {
    throw new Error(`${folder} and ${served} must lie on the same disk.`)
  }
  return (upload) => receive(upload, join(folder, prefix + randomUUID()), turns)
}

async function receive({ body, target, expectedBytes }: Upload, temp: string, turns: Turns) {
  try {
    await pipeline(body, createWriteStream(temp, { flags: 'wx', flush: true }))
    const { size } = await stat(temp)
    if (expectedBytes !== undefined && size !== expectedBytes) {
      throw new BadRequestError('The body is shorter or longer than announced.')
    }
    await turns(() => rename(temp, target))
  } catch (error) {
    await rm(temp, { force: true })
    throw error
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix))
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })))
}
