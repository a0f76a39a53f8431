import { expect, onTestFinished, test } from 'vitest'
// @ts-expect-error a script without types
import { isSandboxForbidden } from '../../scripts/electron-sandbox.mjs'
import { ElectronMirror, MIRRORED_VERSION } from '../support/electron-mirror'
import { SmallProject } from '../support/small-project'
import { temporaryFolder } from '../support/temporary-folder'

// The fallback exists only for Linux, and the program that replaces it in these tests is a shell script.
const onLinux = test.skipIf(process.platform !== 'linux')
const HOUR = 60 * 60_000
const FALLBACK = `Using the fallback Electron 33.2.1, which gets no security updates. To try to download ${MIRRORED_VERSION} again, run "npm run set-up".\n`

/** A project that uses the fallback, and a mirror without Electron. */
async function projectOnFallback({ triedAt = Date.now() } = {}) {
  const mirror = await ElectronMirror.start()
  onTestFinished(() => mirror.stop())
  mirror.respond = (response) => void response.writeHead(404).end()
  const project = new SmallProject(temporaryFolder(), { ELECTRON_MIRROR: mirror.address })
  project.installFallback(triedAt)
  return { mirror, project }
}

const SET_UP = ['--input-type=module', '-e', `import { setUp } from './set-up.mjs'; await setUp()`]

onLinux('npm run set-up tries to get the required Electron every time', async () => {
  const { mirror, project } = await projectOnFallback()
  for (const attempt of [1, 2]) {
    expect(await project.runScript('set-up')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Ready, with Electron 33.2.1.'),
    })
    expect(mirror.requests).toHaveLength(attempt)
  }
})

onLinux('a start tries to get the required Electron once a day, not every time', async () => {
  const { mirror, project } = await projectOnFallback({ triedAt: Date.now() - 23 * HOUR })
  expect(await project.run(SET_UP)).toEqual({ exitCode: 0, output: '' })
  expect(mirror.requests).toEqual([])

  project.installFallback(Date.now() - 25 * HOUR)
  expect(await project.run(SET_UP)).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toHaveLength(1)

  expect(await project.run(SET_UP)).toEqual({ exitCode: 0, output: '' })
  expect(mirror.requests).toHaveLength(1)
})

test.skipIf(process.platform !== 'linux' || isSandboxForbidden())('every start on the fallback says so in one line', async () => {
  const { project } = await projectOnFallback()
  const launch = ['--input-type=module', '-e', `import { prepareLaunch } from './prepare-launch.mjs'; prepareLaunch()`]
  expect(await project.run(launch)).toEqual({ exitCode: 0, output: FALLBACK })
  expect(await project.run(launch)).toEqual({ exitCode: 0, output: FALLBACK })
})

onLinux('npm run dist tries to get the required Electron, refuses the fallback, and says how to use it anyway', async () => {
  const { mirror, project } = await projectOnFallback()
  const { exitCode, output } = await project.runScript('dist')
  expect(exitCode).toBe(1)
  expect(mirror.requests).toHaveLength(1)
  expect(output).toContain('Only the fallback Electron 33.2.1 is installed')
  expect(output).toContain('npm run dist -- --fallback-electron')
})

onLinux('without any Electron, every set-up tries again, and the command line works', async () => {
  const { mirror, project } = await projectOnFallback()
  project.write('node_modules/electron/path.txt', '')
  for (const attempt of [1, 2]) {
    const { exitCode, output } = await project.run(SET_UP, { PATH: '' })
    expect(exitCode).toBe(0)
    expect(output).toContain('Ready, without Electron.')
    expect(mirror.requests).toHaveLength(attempt)
  }
  const areReady = ['--input-type=module', '-e', `import { arePackagesReady } from './set-up.mjs'; console.log(arePackagesReady())`]
  expect((await project.run(areReady)).output).toBe('true\n')
})
