import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultWorkspace, userDataFolder } from '../../../../../src-main/shell/system/folders'

describe('the default workspace', () => {
  test('is in a folder that stays on this computer', () => {
    expect(defaultWorkspace({ platform: 'linux', home: '/home/pat', env: {} })).toBe(join('/home/pat/.local/share/ledgerdrop/workspace'))
    expect(defaultWorkspace({ platform: 'linux', home: '/home/pat', env: { XDG_DATA_HOME: '/data' } })).toBe(
      join('/data/ledgerdrop/workspace'),
    )
    expect(defaultWorkspace({ platform: 'win32', home: 'H', env: { APPDATA: 'roaming', LOCALAPPDATA: 'local' } })).toMatch(/^local/)
    expect(defaultWorkspace({ platform: 'darwin', home: '/Users/pat', env: {} })).toBe(
      join('/Users/pat/Library/Application Support/Ledgerdrop/Workspace'),
    )
  })
})

describe('the window folder of a workspace', () => {
  test('is the same for every spelling of a folder, and different for another folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-folders-'))
    try {
      const [a, b, link] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'link')]
      mkdirSync(a)
      symlinkSync(a, link)
      const folderFor = (workspace: string) => userDataFolder(workspace, '/app-data', 'linux')
      expect(folderFor(`${a}/`)).toBe(folderFor(a))
      expect(folderFor(link)).toBe(folderFor(a))
      expect(folderFor(b)).not.toBe(folderFor(a))
      expect(userDataFolder(b.toUpperCase(), '/app-data', 'win32')).toBe(userDataFolder(b, '/app-data', 'win32'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
