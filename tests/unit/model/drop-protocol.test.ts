import { expect, test } from 'vitest'
import { explore } from './drop-protocol'

test('no interleaving of three starts, a crash, a cancellation and a package loses or duplicates an order', { timeout: 120_000 }, () => {
  const { states, violation } = explore({ hasEpochFolders: true, hasFence: true })
  expect(violation).toBeNull()
  console.log(`${states} states`)
  expect(states).toBeGreaterThan(10_000)
})

test('control: with one staging folder for all starts, a stalled engine that wakes up loses an order', { timeout: 120_000 }, () => {
  const { violation } = explore({ hasEpochFolders: false, hasFence: true })
  expect(violation?.message).toMatch(/^(lost|double|wrong state)/)
  console.log(violation?.path.join(', '))
})

test('control: without the fence, a stalled engine that wakes up records a false outcome', { timeout: 120_000 }, () => {
  const { violation } = explore({ hasEpochFolders: true, hasFence: false })
  expect(violation?.message).toMatch(/^(lost|double|wrong state)/)
  console.log(violation?.path.join(', '))
})
