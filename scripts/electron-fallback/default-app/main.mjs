// Stands in for the default app that the registry's Electron lacks: it starts the application folder named on the
// command line, as `electron .` does. Electron emits "ready" only after this module and its awaits have finished, so
// an application that is itself a module is loaded before "ready".
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const requireFromHere = createRequire(import.meta.url)

/** The `-r` modules and the application folder, from the arguments after the program's own name. */
function readArguments(words) {
  const preloaded = []
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '-r' || words[at] === '--require') {
      at += 1
      preloaded.push(words[at])
    } else if (!words[at].startsWith('-')) {
      return { preloaded, application: words[at] }
    }
  }
  return { preloaded, application: undefined }
}

/** Tells Electron what the application is and gives the file to load. */
function introduce(application) {
  const path = resolve(application)
  const description = join(path, 'package.json')
  if (!existsSync(description)) {
    app.setAppPath(resolve(path, '..'))
    return requireFromHere.resolve(path)
  }
  const { productName, name, version, desktopName, main } = JSON.parse(readFileSync(description, 'utf8'))
  if (version) app.setVersion(version)
  if (productName ?? name) app.name = productName ?? name
  app.setDesktopName?.(desktopName ?? `${app.name}.desktop`)
  app.setAppPath(path)
  return resolve(path, main ?? 'index.js')
}

const { preloaded, application } = readArguments(process.argv.slice(1))
try {
  for (const module of preloaded) requireFromHere(module.startsWith('.') ? resolve(module) : module)
  if (application === undefined) throw new Error('Name the application folder, for example: electron .')
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  await import(pathToFileURL(introduce(application)).href)
} catch (error) {
  process.stderr.write(`The application could not be started: ${error?.stack ?? error}\n`)
  app.exit(1)
}
