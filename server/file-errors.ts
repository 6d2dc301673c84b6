function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

/** True when the file system says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
}

const statuses: Readonly<Record<string, number>> = {
  ENAMETOOLONG: 414,
  EACCES: 403,
  EPERM: 403,
  EROFS: 403,
  EISDIR: 405,
  ENOTEMPTY: 409,
  ENOSPC: 507,
  EDQUOT: 507,
}

// So the XML parser ends its complaints.
const isBadXml = (error: unknown) => error instanceof Error && /\nLine: \d+\n/.test(error.message)

/** The HTTP status for what the file system or the XML parser said; 500 for what nobody expects. */
export function statusOf(error: unknown, method: string): number {
  if (isMissing(error)) return method === 'GET' || method === 'HEAD' ? 404 : 409
  if (isBadXml(error)) return 400
  return statuses[codeOf(error)] ?? 500
}
