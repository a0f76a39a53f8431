import { expect, test } from 'vitest'
import { NewProblems } from '../../../../../src-main/shell/health/new-problems'
import type { FailureCode } from '../../../../../src-shared/failure'

const problem = (key: string, code: FailureCode = 'code-too-long') => ({
  key,
  title: `Order ${key}`,
  failure: { code, message: 'The customer code is too long.', remedy: 'Shorten it.' },
})

test('each problem causes one notification for as long as it lasts', () => {
  const problems = new NewProblems()
  expect(problems.notificationFor([problem('1')], false)).toEqual({ title: 'Order 1', body: 'The customer code is too long. Shorten it.' })
  expect(problems.notificationFor([problem('1')], false)).toBeNull()
  expect(problems.notificationFor([problem('1'), problem('2')], false)?.title).toBe('Order 2')
  expect(problems.notificationFor([problem('2')], false)).toBeNull()
  expect(problems.notificationFor([problem('1'), problem('2')], false)?.title).toBe('Order 1')
})

test('several problems at once are one notification, with their cause if it is the same', () => {
  const five = ['1', '2', '3', '4', '5'].map((key) => problem(key))
  expect(new NewProblems().notificationFor(five, false)).toEqual({
    title: '5 problems need attention',
    body: 'Order 1, Order 2, Order 3 and 2 more. The customer code is too long.',
  })
  expect(new NewProblems().notificationFor([problem('1'), problem('2', 'disk-full')], false)?.body).toBe('Order 1, Order 2.')
})

test('a problem that is already visible in the window never causes a notification', () => {
  const problems = new NewProblems()
  expect(problems.notificationFor([problem('1')], true)).toBeNull()
  expect(problems.notificationFor([problem('1')], false)).toBeNull()
})
