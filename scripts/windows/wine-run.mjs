import { closeSync, cpSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { temporaryCacheFolder } from '../cache-entry.mjs'
import { projectFolder } from '../project.mjs'
import { runInNamespace } from './namespace.mjs'
import { WINDOWS_NODE, WRITTEN_BY_TOOLS } from './windows-packages.mjs'

const NOT_COPIED = new Set(['.git', 'node_modules', 'out', 'dist', 'release', 'coverage', 'test-results', 'playwright-report'])
const FOLLOW_MS = 500

/**
 * Creates a copy of the project for Windows, with its own Wine prefix. The system and the packages are shared and
 * mounted read-only. `folder` is the copy's folder on this computer; `remove` deletes everything.
 */
export async function openWine(system, packages) {
  const home = temporaryCacheFolder()
  const inHome = (name) => join(home, name)
  for (const name of ['root', 'home', 'tmp', ...WRITTEN_BY_TOOLS]) mkdirSync(inHome(name))
  cpSync(projectFolder, inHome('project'), { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) })
  mkdirSync(join(inHome('project'), 'node_modules'))
  const remove = () => rmSync(home, { recursive: true, force: true })
  const run = (command) => runInNamespace(ENTER, [home, system, packages, ...command], { stdio: 'collect' })
  try {
    const { exitCode, output } = await run(['wineboot', '--init'])
    if (exitCode !== 0) throw new Error(`Wine does not start: ${output}`)
    return {
      folder: inHome('project'),
      cacheFolder: inHome('.cache'),
      tmpFolder: inHome('tmp'),
      /** Runs Node for Windows and prints its output immediately. Returns its exit code. */
      node: async (args) => {
        const outputFile = join(inHome('tmp'), 'printed.txt')
        closeSync(openSync(outputFile, 'w'))
        const stop = follow(outputFile)
        try {
          return (await run(['wine', WINDOWS_NODE, ...args])).exitCode
        } finally {
          stop()
        }
      },
      remove,
    }
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * The shell script that mounts everything and runs a command in the Wine system. It writes the output to a file,
 * because Node on Wine can't use a Unix pipe as its standard output.
 */
const ENTER = `
home=$1 system=$2 packages=$3
shift 3
root=$home/root
mount --bind "$system" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$home/project" "$root/ledgerdrop"
mount --bind "$packages" "$root/ledgerdrop/node_modules"
mount -o remount,bind,ro "$root/ledgerdrop/node_modules"
for name in ${WRITTEN_BY_TOOLS.join(' ')}; do mount --bind "$home/$name" "$root/ledgerdrop/node_modules/$name"; done
mount --bind "$home/tmp" "$root/tmp"
mount --bind "$home/home" "$root/root"
status=0
chroot "$root" env -i PATH=/usr/bin:/bin HOME=/root XDG_RUNTIME_DIR=/tmp LANG=C.UTF-8 TZ=UTC WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= \\
  sh -c 'cd /ledgerdrop && "$@" > /tmp/printed.txt 2>&1 < /dev/null' sh "$@" || status=$?
# Wine saves its registry when the last program ends.
chroot "$root" env -i PATH=/usr/bin:/bin HOME=/root sh -c 'wineserver -k; wineserver -w' || true
exit $status
`

/** Prints everything that is written to a file. Returns a function that prints the rest and stops. */
function follow(path) {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(1 << 16)
  const printNew = () => {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) process.stdout.write(buffer.subarray(0, length))
  }
  const timer = setInterval(printNew, FOLLOW_MS)
  return () => {
    clearInterval(timer)
    printNew()
    closeSync(file)
  }
}
