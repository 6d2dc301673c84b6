import { describe, expect, test } from 'vitest'
import { afterGlance, restAfterMs } from '../../../src/app/running/glance.ts'
import type { Failure } from '../../../src/domain/failure.ts'

const calm = { isWaiting: false, failure: undefined }
const failed = (failure: Failure) => afterGlance({ failure }, calm)

describe('after a glance at the sync folder', () => {
  test('nothing follows where nobody changed anything', () => {
    expect(afterGlance({ value: false }, calm)).toBe('rest')
  })

  test('what another VO did is looked at', () => {
    expect(afterGlance({ value: true }, calm)).toBe('look')
  })

  test('what waits here goes out, now that the sync folder answers', () => {
    expect(afterGlance({ value: false }, { ...calm, isWaiting: true })).toBe('look')
  })

  test.each(['unreachable', 'offline'] as const)(
    'the screen stops saying "%s" once the sync folder is back',
    (kind) => {
      expect(afterGlance({ value: false }, { ...calm, failure: { kind } })).toBe('look')
    },
  )

  test('other trouble of the last look stays until a look has an answer to it', () => {
    const failure = { kind: 'remote-full' } as const
    expect(afterGlance({ value: false }, { ...calm, failure })).toBe('rest')
  })

  test.each(['unreachable', 'offline'] as const)('"%s" is not shouted about', (kind) => {
    expect(failed({ kind })).toBe('rest')
  })

  test.each(['unauthorized', 'password-needed', 'too-many-requests'] as const)(
    '"%s" is said, and nothing more is asked until somebody acts',
    (kind) => {
      expect(failed({ kind })).toBe('say')
      expect(restAfterMs({ kind })).toBeGreaterThan(60_000)
    },
  )

  test('what a glance cannot understand, a look explains', () => {
    expect(failed({ kind: 'not-found', path: '_sync/devices' })).toBe('look')
    expect(failed({ kind: 'server', status: 500 })).toBe('look')
    expect(restAfterMs({ kind: 'server', status: 500 })).toBe(0)
  })
})
