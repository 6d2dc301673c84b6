import type { NextFunction, Request, Response } from 'express'

const mediaHosts = 'https://*.jw-cdn.org https://*.jw.org'
// Here are some of the pictures that stand for films.
const pictureHosts = `${mediaHosts} https://assetsnffrgf-a.akamaihd.net`

// Vue makes the policy 'vue', the app itself 'lectern'; workbox makes none, it is given what 'lectern' made.
const appPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  `img-src 'self' blob: data: ${pictureHosts}`,
  `media-src 'self' blob: ${mediaHosts}`,
  "font-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue lectern',
]

// What a congregation keeps in its folder may be anything: opened in a tab it can run, load and send nothing.
const filePolicy = "sandbox; default-src 'none'"

const permissions = [
  'camera=(self)',
  'geolocation=()',
  'microphone=()',
  'payment=()',
  'usb=()',
  'screen-wake-lock=(self)',
  'window-management=(self)',
].join(', ')

type Asked = Pick<Request, 'path' | 'secure'>

/**
 * The security headers of an answer, and those that are for TLS alone. `public/_headers` says the same. `jworg` is the
 * address of another media service, whose pictures are shown too.
 */
export function headersFor(request: Asked, jworg?: string): Record<string, string> {
  return {
    'Content-Security-Policy': policyFor(request, jworg),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': permissions,
    ...(request.secure && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}

/** Puts the security headers on every answer. */
export function secureHeaders(jworg?: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    response.set(headersFor(request, jworg))
    next()
  }
}

function policyFor({ path, secure }: Asked, jworg: string | undefined): string {
  if (/^\/(?:dav|sample|upstream|jworg)(?:\/|$)/.test(path)) return filePolicy
  // Without TLS this would turn every request of the app into one that nobody answers.
  const rules = [...appPolicy, ...(secure ? ['upgrade-insecure-requests'] : [])]
  const origin = jworg !== undefined && URL.canParse(jworg) ? ` ${new URL(jworg).origin}` : ''
  return rules.map((rule) => (rule.startsWith('img-src') ? rule + origin : rule)).join('; ')
}
