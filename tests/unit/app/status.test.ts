import { describe, expect, test } from 'vitest'
import { statusOf } from '../../../src/app/components/app/status.ts'

type Facts = Parameters<typeof statusOf>[0]

const atRest: Facts = {
  isUpdating: false,
  isSending: false,
  isOnline: true,
  isConnected: true,
  waiting: 0,
  failure: undefined,
  listedAt: 1,
}

const status = (facts: Partial<Facts>) => statusOf({ ...atRest, ...facts })

describe('the one word in the header', () => {
  test.each<[string, Partial<Facts>, ReturnType<typeof statusOf>]>([
    ['all is well', {}, 'seen'],
    ['nothing was ever seen', { listedAt: undefined }, 'neverSeen'],
    ['the internet is gone', { isOnline: false }, 'offline'],
    ['changes wait', { waiting: 3 }, 'waiting'],
    ['changes wait for the internet', { waiting: 3, isOnline: false }, 'waiting'],
    ['changes go out', { waiting: 3, isSending: true }, 'sending'],
    ['nothing waits and the sync folder is looked at', { isSending: true }, 'looking'],
    ['the password is wrong', { failure: { kind: 'unauthorized' } }, 'attention'],
    [
      'the password is wrong and changes wait',
      { failure: { kind: 'unauthorized' }, waiting: 3 },
      'attention',
    ],
    ['the last try met no internet', { failure: { kind: 'offline' }, isOnline: false }, 'offline'],
    ['the password is still to be entered', { failure: { kind: 'password-needed' } }, 'password'],
    [
      'the password is still to be entered and the internet is gone',
      { failure: { kind: 'password-needed' }, isOnline: false },
      'offline',
    ],
    ['an update runs', { isUpdating: true, waiting: 3, failure: { kind: 'quota' } }, 'updating'],
    ['nothing is shared', { isConnected: false }, 'alone'],
    [
      'nothing is shared and the internet is gone',
      { isConnected: false, isOnline: false },
      'alone',
    ],
    ['an update runs on a device alone', { isConnected: false, isUpdating: true }, 'updating'],
  ])('when %s', (_when, facts, word) => {
    expect(status(facts)).toBe(word)
  })
})
