import { expect, test } from 'vitest'
import { desktopEntry } from '../../../../../src-main/shell/system/desktop-entry'

test.for([
  ['/opt/Ledger drop/ledgerdrop', '"/opt/Ledger drop/ledgerdrop"'],
  ['/a"b', String.raw`"/a\\"b"`],
  ['/a$b`c', '"/a\\\\$b\\\\`c"'],
  ['/a\\b', String.raw`"/a\\\\b"`],
  ['/100%f', '"/usr/bin/env" "/100%%f"'],
  ['/a\nExec=evil', String.raw`"/a\nExec=evil"`],
  ['/Größe/店', '"/Größe/店"'],
])('the path %j is one argument of Exec', ([path, quoted]) => {
  const lines = desktopEntry([path ?? '', '--hidden']).split('\n')
  expect(lines.filter((line) => line.startsWith('Exec='))).toEqual([`Exec=${quoted} "--hidden"`])
  expect(lines[0]).toBe('[Desktop Entry]')
})
