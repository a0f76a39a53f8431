import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { canRunScripts, engines } from '../../scripts/require-node.cjs'

const { scripts, engines: packageEngines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))

test.each([
  ['18.20.8', false],
  ['20.9.0', false],
  ['20.10.0', false],
  ['20.11.0', true],
  ['20.20.2', true],
  ['21.1.0', false],
  ['21.2.0', true],
  ['22.0.0', true],
  ['24.21.0', true],
  ['100.0.0', true],
])('Node %s can run the scripts: %s', (version, expected) => expect(canRunScripts(version)).toBe(expected))

test('every command checks the version of Node first, and package.json has the same versions', () => {
  expect(
    Object.values(scripts as Record<string, string>).filter((command) => !command.startsWith('node -r ./scripts/require-node.cjs ')),
  ).toEqual([])
  expect(packageEngines.node).toBe(engines)
})
