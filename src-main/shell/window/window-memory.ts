import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, screen } from 'electron'
import { log } from '../system/log'
import { parseWindowMemory, type WindowMemory } from './window-bounds'

const path = () => join(app.getPath('userData'), 'window.json')

/** Loads what the window remembers from the last start, checked against the current displays. */
export function loadWindowMemory(): WindowMemory {
  const displays = screen.getAllDisplays().map((display) => display.workArea)
  return parseWindowMemory(readIfPresent(), displays)
}

/** Saves what the window remembers for the next start. A failure is only logged. */
export function saveWindowMemory(memory: WindowMemory): void {
  try {
    const staged = `${path()}.part`
    writeFileSync(staged, JSON.stringify(memory))
    renameSync(staged, path())
  } catch (error) {
    log.warn('window position not saved', error)
  }
}

function readIfPresent(): string | null {
  try {
    return readFileSync(path(), 'utf8')
  } catch {
    // First start, or unreadable folder: the window opens at its default position.
    return null
  }
}
