import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { announceStep } from '../announce.mjs'
import { cacheEntry, sweepCache } from '../cache-entry.mjs'
import { ExpectedFailure } from '../expected-failure.mjs'
import { requireCommands } from '../system-packages.mjs'
import { CannotRunHere } from './cannot-run-here.mjs'
import { debianMirror } from './debian-mirror.mjs'
import { runInNamespace } from './namespace.mjs'

/** Node 24 needs Wine 10, which Debian has since 13 (trixie). Increase the number after `r` whenever the script below changes. */
const KEY = 'wine-trixie-x64-r1'

/**
 * The root folder of a minimal Debian with Wine, which is created once. Throws CannotRunHere if it can't be created.
 */
export async function wineSystem() {
  await requireDebianRoot()
  sweepCache()
  // Not hashed: it has 25,000 files, and runs mount them read-only.
  const entry = await cacheEntry(KEY, (folder) => announceStep('Setting up Wine', () => makeSystem(folder)), { isHashed: false })
  return join(entry, 'root')
}

async function requireDebianRoot() {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new CannotRunHere('They need Linux on an x64 processor.')
  if (!/^ID=debian$/m.test(osRelease())) throw new CannotRunHere("They need Debian, because they install Wine from Debian's packages.")
  if (process.getuid() !== 0) throw new CannotRunHere('They need root, to set up Wine in a separate root folder (chroot).')
  const { exitCode, output } = await runInNamespace('mount -t tmpfs tmpfs /mnt', [], { stdio: 'collect' })
  if (exitCode !== 0)
    throw new CannotRunHere(`They need permission to mount folders, which this account does not have: ${lastLine(output)}`)
}

async function makeSystem(folder) {
  const mirror = debianMirror()
  if (mirror === undefined) throw new CannotRunHere('They need a Debian mirror, but the apt sources of this computer contain none.')
  try {
    await requireCommands(['debootstrap'])
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    throw new CannotRunHere(`They need debootstrap. ${error.message}`)
  }
  const { exitCode, output } = await runInNamespace(SET_UP, [join(folder, 'root'), mirror], { stdio: 'collect' })
  if (exitCode !== 0) throw new CannotRunHere(`Wine could not be set up from this computer's Debian mirror: ${lastLine(output)}`)
}

const SET_UP = `
root=$1
debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$2"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# Some tests connect to servers on this computer by name.
echo '127.0.0.1 localhost' > "$root/etc/hosts"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
chroot "$root" apt-get -qq update
chroot "$root" apt-get -qq -y --no-install-recommends install wine wine64
chroot "$root" apt-get clean
rm -rf "$root/var/lib/apt/lists"
mkdir "$root/ledgerdrop"
`

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? ''
}
