import { afterEach, beforeEach, expect, test } from 'vitest'
import { confirmLeaving, goBack, goForward, goTo, guardLeaving, useNavigation } from '../../../../src-renderer/navigation/navigation'

const currentScreen = () => useNavigation.getState().route.screen
const isAsking = () => useNavigation.getState().pendingLeave !== null

beforeEach(() => {
  useNavigation.setState({ route: { screen: 'orders' }, past: [], future: [], pendingLeave: null })
  goTo({ screen: 'sync-settings' })
})
afterEach(() => guardLeaving(false))

test('leaving a page with unsaved changes in any way asks first', () => {
  guardLeaving(true)
  for (const leave of [() => goTo({ screen: 'help' }), () => goBack()]) {
    leave()
    expect([currentScreen(), isAsking()]).toEqual(['sync-settings', true])
    confirmLeaving(false)
    expect([currentScreen(), isAsking()]).toEqual(['sync-settings', false])
  }
})

test('leaving without saving goes to the target, and does not ask again', () => {
  guardLeaving(true)
  goTo({ screen: 'help' })
  confirmLeaving(true)
  expect(currentScreen()).toBe('help')
  goBack()
  expect([currentScreen(), isAsking()]).toEqual(['sync-settings', false])
  goForward()
  expect(currentScreen()).toBe('help')
})

test('nothing is asked if the screen stays the same', () => {
  guardLeaving(true)
  goTo({ screen: 'sync-settings' })
  goForward()
  expect(isAsking()).toBe(false)
})
