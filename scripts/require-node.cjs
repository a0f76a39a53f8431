// Preloaded by every script in package.json (node -r), because an older Node can't even load the scripts. This file
// must run on any Node.

/** The Node versions that have import.meta.dirname. */
var engines = '^20.11.0 || >=21.2.0'

/** Whether a Node version such as "20.11.0" can run the scripts. */
function canRunScripts(version) {
  var major = Number(version.split('.')[0])
  var minor = Number(version.split('.')[1])
  return major > 21 || (major === 21 && minor >= 2) || (major === 20 && minor >= 11)
}

if (!canRunScripts(process.versions.node)) {
  console.error(
    'Ledgerdrop needs Node 20.11 or newer, but this is Node ' +
      process.versions.node +
      '. Install a current version from https://nodejs.org and try again.',
  )
  process.exit(1)
}

module.exports = { engines: engines, canRunScripts: canRunScripts }
