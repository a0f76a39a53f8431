import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../../../src-main/shell/system/arguments'

const parse = (...args: string[]) => parseArguments(args, '/home/pat')

describe('starting the program', () => {
  test('without arguments opens the default workspace in a window', () => {
    expect(parse('.')).toEqual({ workspaceFolder: null, userDataFolder: null, isHidden: false, withSamples: null, headless: null })
  })

  test.each([
    [['--workspace', '/data/books'], '/data/books'],
    [['--workspace=/data/books'], '/data/books'],
    [['--workspace', 'books'], '/home/pat/books'],
    [['--no-sandbox', '.', '--workspace', '/a', '--workspace', '/b'], '/a'],
    [['--workspace'], null],
    [['--workspace='], null],
    [['--workspace', '--hidden'], null],
  ])('%j opens the workspace %s', (args, folder) => {
    expect(parse(...args).workspaceFolder).toBe(folder === null ? null : resolve(folder))
  })

  test('accepts the window folder, hidden start and samples', () => {
    expect(parse('--user-data-dir=/u', '--hidden', '--samples')).toMatchObject({
      userDataFolder: resolve('/u'),
      isHidden: true,
      withSamples: true,
    })
    expect(parse('--no-samples').withSamples).toBe(false)
  })

  test('passes everything after --headless to the command line', () => {
    const args = parse('.', '--headless', 'sync', '--workspace', '/b', '--hidden')
    expect(args).toMatchObject({ headless: ['sync', '--workspace', '/b', '--hidden'], workspaceFolder: null, isHidden: false })
  })
})
