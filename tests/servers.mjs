// Which files the servers of other makes need, and which of the system's packages bring them.
import { existsSync } from 'node:fs'

export const serverNeeds = {
  embedded: { paths: [], packages: [] },
  apache: {
    paths: ['/usr/sbin/apache2', '/usr/lib/apache2/modules/mod_dav_fs.so'],
    packages: ['apache2-bin'],
  },
  nginx: {
    paths: ['/usr/sbin/nginx', '/usr/lib/nginx/modules/ngx_http_dav_ext_module.so'],
    packages: ['nginx', 'libnginx-mod-http-dav-ext'],
  },
  rclone: { paths: ['/usr/bin/rclone'], packages: ['rclone'] },
  caddy: { paths: ['/usr/bin/caddy', '/usr/bin/rclone'], packages: ['caddy', 'rclone'] },
}

/** False where the machine lacks a server. */
export function hasServer(name) {
  return serverNeeds[name].paths.every((path) => existsSync(path))
}
