// Replaces the default app, which the registry's Electron doesn't have: it starts the application folder named on the
// command line, like `electron .`. Electron emits "ready" only after this module and its awaits have finished, so an
// application that is an ES module is loaded before "ready".
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const requireFromHere = createRequire(import.meta.url)

/** Reads the `-r` modules and the application folder from the arguments after the program name. */
function readArguments(args) {
  const preloaded = []
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '-r' || args[index] === '--require') {
      index += 1
      preloaded.push(args[index])
    } else if (!args[index].startsWith('-')) {
      return { preloaded, application: args[index] }
    }
  }
  return { preloaded, application: undefined }
}

/** Sets the application's name, version and path in Electron. Returns the file to load. */
function configureApp(application) {
  const path = resolve(application)
  const packageFile = join(path, 'package.json')
  if (!existsSync(packageFile)) {
    app.setAppPath(resolve(path, '..'))
    return requireFromHere.resolve(path)
  }
  const { productName, name, version, desktopName, main } = JSON.parse(readFileSync(packageFile, 'utf8'))
  if (version) app.setVersion(version)
  if (productName ?? name) app.name = productName ?? name
  app.setDesktopName?.(desktopName ?? `${app.name}.desktop`)
  app.setAppPath(path)
  return resolve(path, main ?? 'index.js')
}

const { preloaded, application } = readArguments(process.argv.slice(1))
try {
  for (const module of preloaded) requireFromHere(module.startsWith('.') ? resolve(module) : module)
  if (application === undefined) throw new Error('No application folder given. Example: electron .')
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  await import(pathToFileURL(configureApp(application)).href)
} catch (error) {
  process.stderr.write(`The application could not be started: ${error?.stack ?? error}\n`)
  app.exit(1)
}
