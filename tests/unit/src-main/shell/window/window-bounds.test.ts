import { describe, expect, test } from 'vitest'
import { parseWindowMemory } from '../../../../../src-main/shell/window/window-bounds'

const LAPTOP = { x: 0, y: 0, width: 1600, height: 1000 }
const LEFT_DISPLAY = { x: -1920, y: -200, width: 1920, height: 1080 }
const place = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height })
const remembered = (value: unknown, displays = [LAPTOP]) => parseWindowMemory(JSON.stringify({ place: value }), displays).place

describe('the window is restored to its previous position', () => {
  test.each([place(0, 0), place(300, 200), place(1400, 900), place(-800, 10)])('at %j', (at) => {
    expect(remembered(at)).toEqual(at)
  })

  test('on a second display, but not if that display is gone', () => {
    expect(remembered(place(-1800, 0), [LAPTOP, LEFT_DISPLAY])).toEqual(place(-1800, 0))
    expect(remembered(place(-1800, 0))).toBeNull()
  })

  test.each([
    ['its title bar above the display', place(100, -50)],
    ['only a sliver on the right', place(1550, 100)],
    ['below the display', place(100, 980)],
    ['too narrow', place(0, 0, 500, 700)],
    ['no height', place(0, 0, 1000, 0)],
    ['an absurd size', place(0, 0, 1e9, 700)],
    ['fractions', place(0.5, 0)],
    ['text instead of numbers', { x: '0', y: '0', width: '1000', height: '700' }],
    ['text as the position', 'here'],
    ['nothing', null],
  ])('but not with %s', (_case, value) => {
    expect(remembered(value)).toBeNull()
  })

  test.each([null, '', '{', '[]', 'null', '7', '"x"'])('damaged data (%s) is ignored', (text) => {
    expect(parseWindowMemory(text, [LAPTOP])).toEqual({ place: null, isMaximized: false, hasToldOfTray: false })
  })

  test('with its other stored values', () => {
    const text = JSON.stringify({ isMaximized: true, hasToldOfTray: true })
    expect(parseWindowMemory(text, [LAPTOP])).toMatchObject({ isMaximized: true, hasToldOfTray: true })
    expect(parseWindowMemory('{"isMaximized":"yes","hasToldOfTray":1}', [LAPTOP])).toMatchObject({
      isMaximized: false,
      hasToldOfTray: false,
    })
  })
})
