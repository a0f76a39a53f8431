import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { ALLOWED_LICENCES, shippedPackages } from '../../scripts/shipped-licences.mjs'

interface Shipped {
  name: string
  licence: string
}

const shipped: Shipped[] = shippedPackages()

test('the list of shipped packages has what the program imports, and the dependencies of those packages', () => {
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
      .some((one) => ALLOWED_LICENCES.has(one))
  expect(shipped.filter((one) => !isAllowed(one))).toEqual([])
})
