import { expect, test } from 'vitest'
// @ts-expect-error: a script without types
import { mirrorIn } from '../../../scripts/windows/debian-mirror.mjs'

test.each([
  ['a list', 'deb http://mirror.example/debian bookworm main contrib\n'],
  ['a list with options', 'deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.example/debian bookworm main\n'],
  [
    'a list with security updates first',
    'deb http://other.example/security bookworm-security main\ndeb http://mirror.example/debian bookworm main\n',
  ],
  [
    'a stanza',
    'Types: deb deb-src\nURIs: http://mirror.example/debian http://second.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n',
  ],
  [
    'stanzas, one of them off',
    'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n\n# http://old.example\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n',
  ],
])('the Debian mirror is found in %s', (_, text) => {
  expect(mirrorIn(text)).toBe('http://mirror.example/debian')
})

test.each([
  ['nothing', ''],
  ['a comment', '# deb http://mirror.example/debian bookworm main\n'],
  ['other archives only', 'deb http://node.example/node_20.x nodistro contrib\n'],
  ['source packages only', 'Types: deb-src\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n'],
])('no mirror is found in %s', (_, text) => {
  expect(mirrorIn(text)).toBeUndefined()
})
