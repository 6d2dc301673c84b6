/**
 * Where a pasted address of a Nextcloud leads: `top` is the folder of a person's files, `inner` what lies in it. Both
 * are still percent-encoded.
 */
type CloudPlace = { readonly top: string; readonly inner: string }

type Pasted = {
  readonly path: string
  /** With its '?' and the fragment behind it. */
  readonly query: string
  readonly user: string
}

// Links to a share or to a file's number name no folder. In a sub-path of the server only the tokens that Nextcloud makes
// itself count: `/dav/s/talks` may be a folder.
const shareLink = /^(?:.*\/index\.php)?\/(?:s\/[\w-]+(?:\/.*)?|f\/\d+\/?)$/
const sharedInSubPath = /^\/[^/]+\/s\/[A-Za-z0-9]{15}(?:\/.*)?$/
const page = /^(.*?)\/(?:index\.php|apps\/(?:files|dashboard))(?:\/.*)?$/
const filesFolder = /^(.*?\/remote\.php\/(?:webdav|dav\/files\/[^/]+))(\/.*)?$/
const davRoot = /^(.*?)\/remote\.php(?:\/dav(?:\/files)?)?\/?$/

/** Understands what Nextcloud and ownCloud show in the address bar and call the WebDAV address; undefined for others. */
export function readCloudPlace({
  path,
  query,
  user,
}: Pasted): CloudPlace | 'share-link' | undefined {
  if (shareLink.test(path) || sharedInSubPath.test(path)) return 'share-link'
  const [, top, inner = ''] = filesFolder.exec(path) ?? []
  if (top !== undefined) return { top, inner }
  const [, root] = davRoot.exec(path) ?? page.exec(path) ?? []
  return root === undefined ? undefined : { top: topOf(root, user), inner: dirOf(query) }
}

// Whoever logs in with an e-mail address has a folder of another name; the older address needs none.
function topOf(root: string, user: string): string {
  const isName = user !== '' && !user.includes('@')
  return `${root}/remote.php/${isName ? `dav/files/${encodeURIComponent(user)}` : 'webdav'}`
}

function dirOf(query: string): string {
  const [, dir = ''] = /[?&]dir=([^&#]*)/.exec(query) ?? []
  return `/${dir.replaceAll('+', ' ').replace(/%2f/gi, '/')}`
}
