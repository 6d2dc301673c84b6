import type { ServerName } from './fixtures/servers/names.ts'

/** False where the machine lacks a server. */
export function hasServer(name: ServerName): boolean
