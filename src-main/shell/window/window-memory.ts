import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, screen } from 'electron'
import { log } from '../system/log'
import { parseWindowMemory, type WindowMemory } from './window-bounds'

const path = () => join(app.getPath('userData'), 'window.json')

/** What the window remembers of the last time, checked against today's displays. */
export function loadWindowMemory(): WindowMemory {
  const displays = screen.getAllDisplays().map((display) => display.workArea)
  return parseWindowMemory(readIfThere(), displays)
}

/** Keeps it for the next time. Losing it is no trouble worth a message. */
export function saveWindowMemory(memory: WindowMemory): void {
  try {
    const staged = `${path()}.part`
    writeFileSync(staged, JSON.stringify(memory))
    renameSync(staged, path())
  } catch (error) {
    log.warn('window place not remembered', error)
  }
}

function readIfThere(): string | null {
  try {
    return readFileSync(path(), 'utf8')
  } catch {
    // The first start, or a folder that cannot be read: the window opens at its usual place.
    return null
  }
}
