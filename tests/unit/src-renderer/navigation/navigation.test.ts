import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerLeaving, goBack, goForward, goTo, guardLeaving, useNavigation } from '../../../../src-renderer/navigation/navigation'

const here = () => useNavigation.getState().route.screen
const isAsked = () => useNavigation.getState().asked !== null

beforeEach(() => {
  useNavigation.setState({ route: { screen: 'orders' }, past: [], future: [], asked: null })
  goTo({ screen: 'sync-settings' })
})
afterEach(() => guardLeaving(false))

test('what is not saved is asked about, whichever way a person leaves', () => {
  guardLeaving(true)
  for (const leave of [() => goTo({ screen: 'help' }), () => goBack()]) {
    leave()
    expect([here(), isAsked()]).toEqual(['sync-settings', true])
    answerLeaving(false)
    expect([here(), isAsked()]).toEqual(['sync-settings', false])
  }
})

test('who leaves without saving gets where they wanted to go, and is not asked again', () => {
  guardLeaving(true)
  goTo({ screen: 'help' })
  answerLeaving(true)
  expect(here()).toBe('help')
  goBack()
  expect([here(), isAsked()]).toEqual(['sync-settings', false])
  goForward()
  expect(here()).toBe('help')
})

test('nothing is asked where there is nowhere to go', () => {
  guardLeaving(true)
  goTo({ screen: 'sync-settings' })
  goForward()
  expect(isAsked()).toBe(false)
})
