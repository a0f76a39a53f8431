import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import fsPromises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { numberedOrder, Office } from '../support/office'
import { backUp } from '../support/restores'
import { recordSyncs } from '../support/synced-files'

/** Windows flushes directory entries itself, and Node cannot sync a folder there. */
const CAN_SYNC_FOLDERS = process.platform !== 'win32'
const inodeOf = (path: string) => statSync(path).ino

describe('a restore interrupted by a power failure', () => {
  test('does not lose track of its progress: each step’s request file and its directory entry are on disk before the next step begins', async () => {
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
    await office.readOrders(numberedOrder(1))
    const backup = await backUp(office)
    // A file's name survives a power failure only if its folder was synced while it contained that name.
    synced = await recordSyncs((inode) => {
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

/**
 * Simulates a disk, or a connection to a disk, that changes one byte of every copy and reports success. Returns a
 * function that ends the simulation.
 */
function corruptCopies(): () => void {
  const { copyFile } = fsPromises
  fsPromises.copyFile = async (from, to, mode) => {
    await copyFile(from, to, mode)
    const file = openSync(to, 'r+')
    writeSync(file, 'X', Math.floor(statSync(to).size / 2))
    closeSync(file)
  }
  syncBuiltinESMExports()
  const stopCorrupting = () => {
    fsPromises.copyFile = copyFile
    syncBuiltinESMExports()
  }
  onTestFinished(stopCorrupting)
  return stopCorrupting
}

describe('a disk that corrupts what is written', () => {
  test('gets no backup: the backup stays in the workspace, a problem is reported, and the backup is moved once the disk works again', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const share = join(office.folder, 'share')
    await office.command('backups.saveSettings', { folder: share })
    const stopCorrupting = corruptCopies()
    expect(await office.run('Back Up')).toMatchObject({ outcome: 'some failed', failedCount: 1 })
    expect(readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
    expect(office.files(join(office.workspace, 'backups'))).toHaveLength(1)
    const { problems } = await office.command('sync.problems', {})
    expect(problems).toEqual([expect.objectContaining({ title: 'The backup stays in the workspace' })])
    stopCorrupting()
    expect(await office.run('Back Up')).toMatchObject({ outcome: 'done' })
    expect(office.files(join(office.workspace, 'backups'))).toEqual([])
    expect((await office.command('sync.problems', {})).problems).toEqual([])
  })

  test('prevents a restore: the failure names the disk, not the backup, and nothing changes', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const backup = await backUp(office)
    corruptCopies()
    expect(await office.refusal('backups.restore', { file: backup })).toMatchObject({ code: 'folder-unreachable' })
    expect(readdirSync(office.workspace).filter((name) => /restor/.test(name))).toEqual([])
    await office.restart()
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending' })
  })
})
