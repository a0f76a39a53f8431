import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import fsPromises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { numberedOrder, Office } from '../support/office'
import { backUp } from '../support/restores'
import { notingSyncs } from '../support/synced-files'

/** Windows writes a folder's names by itself. */
const CAN_SYNC_FOLDERS = process.platform !== 'win32'
const inodeOf = (path: string) => statSync(path).ino

describe('a power failure in the middle of a restore', () => {
  test('finds how far it had come: every step is on the disk, under its name, before the next one begins', async () => {
    const stepsSeen: string[] = []
    let synced = new Set<number>()
    let foldersSynced: number[] = []
    const office = await Office.open({
      onStep: async (step) => {
        if (!/^restore (ready|set aside|in place)$/.test(step)) return
        stepsSeen.push(step)
        expect(synced, step).toContain(inodeOf(request()))
        if (CAN_SYNC_FOLDERS) expect(foldersSynced, step).toContain(inodeOf(request()))
      },
    })
    const request = () => join(office.workspace, 'restore.json')
    await office.readIn(numberedOrder(1))
    const backup = await backUp(office)
    // The name is safe once the folder is synced while it stands for the file.
    synced = await notingSyncs((inode) => {
      if (inode === inodeOf(office.workspace))
        foldersSynced = [
          ...foldersSynced,
          ...readdirSync(office.workspace)
            .filter((name) => name === 'restore.json')
            .map(() => inodeOf(request())),
        ]
    })
    await office.command('backups.restore', { file: backup })
    expect(synced).toContain(inodeOf(request()))
    if (CAN_SYNC_FOLDERS) expect(foldersSynced).toContain(inodeOf(request()))
    await office.restart()
    expect(stepsSeen).toEqual(['restore ready', 'restore set aside', 'restore in place'])
  })
})

/** A disk, or the way to it, that changes one byte of every copy, and says that all went well. */
function spoilCopies(): () => void {
  const { copyFile } = fsPromises
  fsPromises.copyFile = async (from, to, mode) => {
    await copyFile(from, to, mode)
    const file = openSync(to, 'r+')
    writeSync(file, 'X', Math.floor(statSync(to).size / 2))
    closeSync(file)
  }
  syncBuiltinESMExports()
  const mend = () => {
    fsPromises.copyFile = copyFile
    syncBuiltinESMExports()
  }
  onTestFinished(mend)
  return mend
}

describe('a disk that writes something else than it is given', () => {
  test('gets no backup: it stays in the workspace, a person is told, and it goes there once the disk is whole', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    const share = join(office.folder, 'share')
    await office.command('backups.saveSettings', { folder: share })
    const mend = spoilCopies()
    expect(await office.run('Back Up')).toMatchObject({ outcome: 'some failed', failedCount: 1 })
    expect(readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
    expect(office.files(join(office.workspace, 'backups'))).toHaveLength(1)
    const { problems } = await office.command('sync.problems', {})
    expect(problems).toEqual([expect.objectContaining({ title: 'The backup stays in the workspace' })])
    mend()
    expect(await office.run('Back Up')).toMatchObject({ outcome: 'done' })
    expect(office.files(join(office.workspace, 'backups'))).toEqual([])
    expect((await office.command('sync.problems', {})).problems).toEqual([])
  })

  test('gives no backup back: the disk is named, not the backup, and nothing changes', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    const backup = await backUp(office)
    spoilCopies()
    expect(await office.refusal('backups.restore', { file: backup })).toMatchObject({ code: 'folder-unreachable' })
    expect(readdirSync(office.workspace).filter((name) => /restor/.test(name))).toEqual([])
    await office.restart()
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending' })
  })
})
