import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { ALLOWED_LICENCES, shippedPackages } from '../../scripts/shipped-licences.mjs'

interface Shipped {
  name: string
  licence: string
}

const shipped: Shipped[] = shippedPackages()

test('the list of shipped packages contains the packages that the program imports, and their dependencies', () => {
  const names = shipped.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['better-sqlite3', 'react', 'react-dom', 'scheduler', 'kysely', 'zod', '@mantine/core', 'saxes', 'xmlchars']),
  )
  expect(names).not.toContain('vitest')
})

test('every shipped package has a licence that allows shipping it', () => {
  const isAllowed = ({ licence }: Shipped) =>
    licence
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((name) => ALLOWED_LICENCES.has(name))
  expect(shipped.filter((shippedPackage) => !isAllowed(shippedPackage))).toEqual([])
})
