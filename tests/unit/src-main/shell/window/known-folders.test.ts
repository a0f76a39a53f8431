import { describe, expect, test } from 'vitest'
import { type FolderSettings, foldersOf, knownFolder } from '../../../../../src-main/shell/window/known-folders'

const ANSWERS = { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' }
const ABOUT = {
  workspace: '/w',
  backupFolder: '/w/backups',
  archiveFolder: '/w/archive',
  logFolder: '/w/logs',
  supportFolder: '/w/support',
}

function settings(answerFolders: typeof ANSWERS | null): FolderSettings {
  return {
    sources: [{ folder: '/intake' }],
    destinations: [{ folder: '/drops/books', policy: { answerFolders, responseFolder: '/answers' } }],
  }
}

const known = foldersOf(settings(ANSWERS), ABOUT)

describe('opening a folder from the screens', () => {
  test.each(['/w', '/w/archive', '/w/logs/', '/intake', '/drops/books', '/drops/books/Success', '/drops/books/../books/Hold', '/answers'])(
    '%s is allowed',
    (folder) => {
      expect(knownFolder(folder, known, 'linux')).not.toBeNull()
    },
  )

  test.each([
    '/etc',
    '/',
    '/drops',
    '/drops/book',
    '/drops/books/Other',
    '/drops/books/../../etc',
    '/w/ledgerdrop.db',
    'w',
    '',
    '.',
    '/w\0',
    '/W',
  ])('%s is refused', (folder) => {
    expect(knownFolder(folder, known, 'linux')).toBeNull()
  })

  test('answer folders never lead out of the drop folder', () => {
    const outside = foldersOf(settings({ ...ANSWERS, success: '../../etc', failure: '', hold: '..', notProcessed: '.' }), ABOUT)
    expect(outside).not.toContain('/etc')
    expect(outside).not.toContain('/drops')
    expect(outside.filter((folder) => folder.startsWith('/drops'))).toEqual(['/drops/books'])
  })

  test("returns the engine's spelling of the folder", () => {
    expect(knownFolder('/w/logs/', known, 'linux')).toBe('/w/logs')
  })
})
