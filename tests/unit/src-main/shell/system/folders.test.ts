import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { userDataOf, usualWorkspace } from '../../../../../src-main/shell/system/folders'

describe('the usual workspace', () => {
  test('stays on this computer', () => {
    expect(usualWorkspace({ platform: 'linux', home: '/home/pat', env: {} })).toBe(join('/home/pat/.local/share/ledgerdrop/workspace'))
    expect(usualWorkspace({ platform: 'linux', home: '/home/pat', env: { XDG_DATA_HOME: '/data' } })).toBe(
      join('/data/ledgerdrop/workspace'),
    )
    expect(usualWorkspace({ platform: 'win32', home: 'H', env: { APPDATA: 'roaming', LOCALAPPDATA: 'local' } })).toMatch(/^local/)
    expect(usualWorkspace({ platform: 'darwin', home: '/Users/pat', env: {} })).toBe(
      join('/Users/pat/Library/Application Support/Ledgerdrop/Workspace'),
    )
  })
})

describe('the window folder of a workspace', () => {
  test('is the same for every way to write the same folder, and another for another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-folders-'))
    try {
      const [a, b, link] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'link')]
      mkdirSync(a)
      symlinkSync(a, link)
      const of = (workspace: string) => userDataOf(workspace, '/app-data', 'linux')
      expect(of(`${a}/`)).toBe(of(a))
      expect(of(link)).toBe(of(a))
      expect(of(b)).not.toBe(of(a))
      expect(userDataOf(b.toUpperCase(), '/app-data', 'win32')).toBe(userDataOf(b, '/app-data', 'win32'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
