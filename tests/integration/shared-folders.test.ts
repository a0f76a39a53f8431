import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { examine } from '../../src-main/engine/engine'
import { locateFolder, relationOf } from '../../src-main/engine/files/folder-location'
import { numberedOrder, Office, PACKAGE, STORE } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('src-main/cli/cli.ts')
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin'

/** Creates a link to a folder. On Windows it is a junction, which needs no administrator. */
function linkTo(folder: string, link: string): string {
  symlinkSync(folder, link, 'junction')
  return link
}

/** A title, and a function that writes a folder's path in another way. */
type Spelling = [title: string, spell: (folder: string) => string]

const OTHER_CASE: Spelling = ['in different letter case', (folder) => folder.toUpperCase()]

/** Ways to write a folder's path, and ways to choose a folder that overlaps with it. */
const PATH_VARIANTS: readonly Spelling[] = [
  ['under its own name', (folder) => folder],
  ['with a trailing slash', (folder) => `${folder}${sep}`],
  ['with .. in its path', (folder) => `${folder}${sep}..${sep}..${sep}${folder.split(sep).slice(-2).join(sep)}`],
  ['through a link', (folder) => linkTo(folder, `${folder}-link`)],
  [
    'through a link to the folder above',
    (folder) => join(linkTo(join(folder, '..'), `${join(folder, '..')}-link`), folder.split(sep).at(-1) ?? ''),
  ],
  ['as a folder inside it', (folder) => join(folder, 'Success')],
  ['as the folder that contains it', (folder) => join(folder, '..')],
  ...(IGNORES_CASE ? [OTHER_CASE] : []),
]

describe('a folder used for both intake and drop', () => {
  test.each(PATH_VARIANTS)('%s is refused as a source, a list of codes and a destination', async (_, spell) => {
    const office = await Office.open()
    const { id: destinationId } = await office.destination()
    const drop = spell(office.dropFolder())
    const intake = spell(office.intakeFolder())
    const before = await office.command('settings.get', {})
    const refusals = [
      await office.refusal('settings.saveSource', { name: 'Loop', folder: drop, destinationId }),
      await office.refusal('settings.saveCodeFolders', { customers: drop, products: null }),
      await office.refusal('settings.saveCodeFolders', { customers: null, products: drop }),
      await office.refusal('settings.saveDestination', { name: 'Loop', profile: 'ubl-order', folder: intake, isDefault: false }),
    ]
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'folder-in-use'))
    expect(refusals[0]?.message).toContain(PACKAGE)
    expect(refusals[3]?.message).toContain(STORE)
    expect(await office.command('settings.get', {})).toEqual(before)
  })

  test.each(PATH_VARIANTS)('%s is refused by init, which creates nothing', async (_, spell) => {
    const folder = temporaryFolder()
    const drop = join(folder, 'to', 'drop')
    mkdirSync(drop, { recursive: true })
    const args = ['init', '--workspace', join(folder, 'workspace'), '--intake', spell(drop), '--destination', `A=ubl-order:${drop}`]
    expect(await program.run(args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('intake folder is also used by a destination'),
    })
    expect(existsSync(join(folder, 'workspace'))).toBe(false)
  })

  test.each(PATH_VARIANTS)('%s is reported by the doctor in settings that an earlier version saved', async (_, spell) => {
    const office = await Office.open()
    await office.stop()
    const drop = spell(office.dropFolder())
    mkdirSync(drop, { recursive: true })
    office.tamper(`update source set folder = '${drop}'`)
    const findings = await examine({
      workspaceFolder: office.workspace,
      version: '0',
      now: office.clock.now(),
      isProgramResponding: async () => false,
    })
    const wrong = findings.filter(({ check, isOk }) => !isOk && [`Source ${STORE}`, `Destination ${PACKAGE}`].includes(check))
    expect(wrong.map(({ check }) => check)).toEqual([`Source ${STORE}`, `Destination ${PACKAGE}`])
    expect(wrong[0]?.remedy).toContain('separate folders')
  })

  test('is refused even if it does not exist yet', async () => {
    const office = await Office.open()
    const { id: destinationId } = await office.destination()
    const folder = join(office.folder, 'later', 'Orders')
    await office.command('settings.saveSource', { name: 'Later', folder, destinationId })
    const spellings = [folder, join(folder, 'out'), join(folder, '..'), ...(IGNORES_CASE ? [folder.toLowerCase()] : [])]
    for (const spelling of spellings) {
      const input = { name: 'Loop', profile: 'ubl-order' as const, folder: spelling, isDefault: false }
      expect((await office.refusal('settings.saveDestination', input)).code, spelling).toBe('folder-in-use')
    }
    expect(existsSync(join(office.folder, 'later'))).toBe(false)
  })

  test('is refused when an earlier state of the destination is restored', async () => {
    const office = await Office.open()
    const { id, name, profile, folder } = await office.destination()
    const moved = join(office.folder, 'moved')
    mkdirSync(moved)
    await office.command('settings.saveDestination', { id, name, profile, folder: moved, isDefault: true })
    await office.command('settings.saveSource', { name: 'Reused', folder, destinationId: id })
    const { changes } = await office.command('settings.destinationHistory', { destinationId: id })
    const input = { destinationId: id, changeId: changes.at(-1)?.id ?? 0 }
    expect((await office.refusal('settings.restoreDestination', input)).code).toBe('folder-in-use')
    expect((await office.destination()).folder).toBe(moved)
  })

  test('gets no file if a link in place of the drop folder leads to the intake folder', async () => {
    const office = await Office.open({ profile: 'ubl-order' })
    await office.readOrders(numberedOrder(1))
    rmdirSync(office.dropFolder())
    linkTo(office.intakeFolder(), office.dropFolder())
    await office.run('Write Order')
    expect((await office.order('W0001')).syncState).toBe('waiting')
    expect(office.files(office.intakeFolder())).toEqual([])
    const { problems } = await office.command('sync.problems', {})
    expect(problems.map(({ failure }) => failure.code)).toEqual(['folder-in-use'])
    rmSync(office.dropFolder(), { recursive: true })
    mkdirSync(office.dropFolder())
    await office.run('Write Order')
    expect((await office.order('W0001')).syncState).toBe('sent')
  })

  test('cannot be the workspace or a folder in it', async () => {
    const office = await Office.open()
    const { id: destinationId } = await office.destination()
    for (const folder of [office.workspace, join(office.workspace, 'archive'), join(office.workspace, 'backups')]) {
      expect((await office.refusal('settings.saveSource', { name: 'Own', folder, destinationId })).code, folder).toBe('folder-in-use')
    }
  })
})

test('sibling folders are separate, even if one name begins with the other', async () => {
  const folder = temporaryFolder()
  for (const name of ['in', 'in-out']) mkdirSync(join(folder, name))
  const relation = async (one: string, other: string) =>
    relationOf(await locateFolder(join(folder, one)), await locateFolder(join(folder, other)))
  expect(await relation('in', 'in-out')).toBe('unrelated')
  expect(await relation('missing', 'missing-out')).toBe('unrelated')
  expect(await relation('in/missing', 'in-out/missing')).toBe('unrelated')
  expect(await relation('in/missing', 'in')).toBe('inside')
  expect(await relation('in', 'in/missing/deeper')).toBe('contains')
  expect(await relation('missing/a', 'missing/a')).toBe('same')
})

test.runIf(process.platform === 'win32')('a Windows folder is recognised however its path is written', async () => {
  const folder = join(temporaryFolder(), 'Orders of the shop')
  mkdirSync(folder)
  const short = execSync(`for %I in ("${folder}") do @echo %~sI`, { encoding: 'utf8' }).trim()
  const missing = join(folder, 'Later')
  for (const [one, other] of [
    [folder, folder.toLowerCase()],
    [folder, folder.replaceAll('\\', '/')],
    [folder, `\\\\?\\${folder}`],
    [folder, short],
    [folder, `${folder}. .`],
    [missing, missing.toUpperCase()],
    [missing, `${short}\\later.\\`],
  ] as const) {
    expect([other, relationOf(await locateFolder(one), await locateFolder(other))]).toEqual([other, 'same'])
  }
})

test('a renamed folder is recognised as the same folder', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'in'))
  const before = await locateFolder(join(folder, 'in'))
  renameSync(join(folder, 'in'), join(folder, 'out'))
  expect(relationOf(before, await locateFolder(join(folder, 'out')))).toBe('same')
})
