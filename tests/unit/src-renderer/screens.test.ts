import { expect, test } from 'vitest'
import { menuEntries, parseRoute, SCREEN_PATHS, SCREENS } from '../../../src-renderer/screens'

test('every path used by the tray, menus and notifications has a screen', () => {
  expect(SCREEN_PATHS.length).toBeGreaterThan(10)
  expect(new Set(SCREEN_PATHS).size).toBe(SCREEN_PATHS.length)
  for (const path of SCREEN_PATHS) expect(parseRoute(path), path).not.toBeNull()
  expect(parseRoute('/sync/history')).toEqual({ screen: 'sync-history', task: null })
})

test('a path with an order id has that order, and unknown paths have no screen', () => {
  expect(parseRoute('/orders/12')).toEqual({ screen: 'order', orderId: 12 })
  for (const path of ['', '/orders/', '/orders/12x', '/orders/1234567890123456', '/nowhere', '/toString'])
    expect(parseRoute(path)).toBeNull()
})

test('the menus match the printed instructions', () => {
  const labels = (['orders', 'sync', 'settings', 'help'] as const).map((menu) => menuEntries(menu).map(({ label }) => label))
  expect(labels).toEqual([['View Orders', 'Sync Settings'], ['Status', 'History', 'Problems'], ['Settings'], ['Help']])
})

test('every screen except the guide belongs to a menu item', () => {
  const menuScreens = (['orders', 'sync', 'settings', 'help'] as const).flatMap((menu) =>
    menuEntries(menu).flatMap(({ screens }) => screens),
  )
  expect(menuScreens.toSorted()).toEqual(
    Object.keys(SCREENS)
      .filter((name) => name !== 'guide')
      .toSorted(),
  )
})
