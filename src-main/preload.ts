import { contextBridge, ipcRenderer } from 'electron'
import { CHANNELS, EVENT_NAMES } from '../src-shared/contract/channels'
import type { Bridge, EventMessage, EventName } from '../src-shared/contract/contract'
import type { Failure, Result } from '../src-shared/failure'

const UNREACHABLE: Failure = {
  code: 'program-not-answering',
  message: 'Ledgerdrop could not carry out this command.',
  remedy: 'Try again. If this keeps happening, quit Ledgerdrop and start it again.',
}

async function ask(channel: string, ...args: unknown[]): Promise<Result<never>> {
  try {
    return await ipcRenderer.invoke(channel, ...args)
  } catch {
    // Electron's error contains internals (channel, stack) that no page needs. The program's log has it.
    return { ok: false, error: UNREACHABLE }
  }
}

function listen(channel: string, receive: (...args: unknown[]) => void): () => void {
  const listener = (_event: unknown, ...args: unknown[]) => receive(...args)
  ipcRenderer.on(channel, listener)
  return () => {
    ipcRenderer.off(channel, listener)
  }
}

function isMessageOf<Name extends EventName>(name: Name, message: unknown[]): message is EventMessage<Name> {
  return message[0] === name
}

const bridge: Bridge = {
  invoke: (name, input) => ask(CHANNELS.invoke, name, input),
  on: (name, listener) => {
    if (!(EVENT_NAMES as readonly EventName[]).includes(name)) throw new TypeError('Unknown event')
    if (typeof listener !== 'function') throw new TypeError('A listener is a function')
    return listen(CHANNELS.event, (...message) => {
      if (isMessageOf(name, message)) listener(message[1])
    })
  },
  openFolder: (folder) => ask(CHANNELS.openFolder, folder),
  chooseFolder: async (startIn) => {
    const chosen: unknown = await ipcRenderer.invoke(CHANNELS.chooseFolder, startIn).catch(() => null)
    return typeof chosen === 'string' ? chosen : null
  },
  saveText: (suggestedName, text) => ask(CHANNELS.saveText, suggestedName, text),
  openText: (extension) => ask(CHANNELS.openText, extension),
  setUnsaved: async (isUnsaved) => {
    await ipcRenderer.invoke(CHANNELS.setUnsaved, isUnsaved).catch(() => null)
  },
  printPage: () => ask(CHANNELS.printPage),
  showSupportFile: (fileName) => ask(CHANNELS.showSupportFile, fileName),
  prepareMail: (subject, text) => ask(CHANNELS.prepareMail, subject, text),
  openUpdatePage: () => ask(CHANNELS.openUpdatePage),
  openStorePage: (of, id) => ask(CHANNELS.openStorePage, of, id),
  exportOrders: (suggestedName, list) => ask(CHANNELS.exportOrders, suggestedName, list),
  sessionStart: (isOn) => ask(CHANNELS.sessionStart, isOn),
  onNavigate: (listener) => {
    if (typeof listener !== 'function') throw new TypeError('A listener is a function')
    return listen(CHANNELS.navigate, (path) => {
      if (typeof path === 'string') listener(path)
    })
  },
}

contextBridge.exposeInMainWorld('ledgerdrop', bridge)
