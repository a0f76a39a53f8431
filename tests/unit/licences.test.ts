import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { GOOD_LICENCES, shippedPackages } from '../../scripts/shipped-licences.mjs'

interface Shipped {
  name: string
  licence: string
}

const shipped: Shipped[] = shippedPackages()

test('what is delivered is found: what the program imports, and what that needs', () => {
  const names = shipped.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['better-sqlite3', 'react', 'react-dom', 'scheduler', 'kysely', 'zod', '@mantine/core', 'saxes', 'xmlchars']),
  )
  expect(names).not.toContain('vitest')
})

test('every package that is delivered has a licence under which it may be', () => {
  const isGood = ({ licence }: Shipped) =>
    licence
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((one) => GOOD_LICENCES.has(one))
  expect(shipped.filter((one) => !isGood(one))).toEqual([])
})
