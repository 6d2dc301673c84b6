import { expect, test } from 'vitest'
import { isLocal } from '../../../src/domain/local-network.ts'

test.each([
  'http://localhost:8080',
  'http://127.0.0.1:8080',
  'https://10.0.0.7',
  'https://172.31.255.1:5006',
  'https://192.168.1.20',
  'https://169.254.3.4',
  'https://[::1]:8443',
  'https://[fd00::7]',
  'https://[fe80::1]',
  'https://nas',
  'https://NAS.local:5006',
  'https://nas.fritz.box',
  'https://nas.home.arpa',
])('%s lies in the network around this device', (origin) => {
  expect(isLocal(origin)).toBe(true)
})

test.each([
  'https://example.org',
  'https://172.32.0.1',
  'https://192.169.1.20',
  'https://100.20.0.1',
  'https://10.example.org',
  'https://local.example',
  'https://[2001:db8::1]',
])('%s lies elsewhere', (origin) => {
  expect(isLocal(origin)).toBe(false)
})
