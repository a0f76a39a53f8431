import { expect, onTestFinished, test } from 'vitest'
// @ts-expect-error a script without types
import { isSandboxForbidden } from '../../scripts/electron-sandbox.mjs'
import { ElectronMirror, MIRRORED_VERSION } from '../support/electron-mirror'
import { SmallProject } from '../support/small-project'
import { temporaryFolder } from '../support/temporary-folder'

// The fallback exists for Linux alone, and the program that stands in for it is a shell script.
const onLinux = test.skipIf(process.platform !== 'linux')
const HOUR = 60 * 60_000
const FALLBACK = `Running on the fallback Electron 33.2.1, which gets no security updates; "npm run set-up" tries to get ${MIRRORED_VERSION} again.\n`

/** A project on the fallback, and a mirror that has no Electron. */
async function projectOnFallback({ triedAt = Date.now() } = {}) {
  const mirror = await ElectronMirror.start()
  onTestFinished(() => mirror.stop())
  mirror.answer = (response) => void response.writeHead(404).end()
  const project = new SmallProject(temporaryFolder(), { ELECTRON_MIRROR: mirror.address })
  project.installFallback(triedAt)
  return { mirror, project }
}

const setUpBefore = ['--input-type=module', '-e', `import { setUp } from './set-up.mjs'; await setUp()`]

onLinux('npm run set-up asks for the wanted Electron each time', async () => {
  const { mirror, project } = await projectOnFallback()
  for (const times of [1, 2]) {
    expect(await project.runScript('set-up')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Ready, with Electron 33.2.1.'),
    })
    expect(mirror.requests).toHaveLength(times)
  }
})

onLinux('a start asks for the wanted Electron once a day, not each time', async () => {
  const { mirror, project } = await projectOnFallback({ triedAt: Date.now() - 23 * HOUR })
  expect(await project.run(setUpBefore)).toEqual({ exitCode: 0, output: '' })
  expect(mirror.requests).toEqual([])

  project.installFallback(Date.now() - 25 * HOUR)
  expect(await project.run(setUpBefore)).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toHaveLength(1)

  expect(await project.run(setUpBefore)).toEqual({ exitCode: 0, output: '' })
  expect(mirror.requests).toHaveLength(1)
})

test.skipIf(process.platform !== 'linux' || isSandboxForbidden())('each start on the fallback says so in one line', async () => {
  const { project } = await projectOnFallback()
  const launch = ['--input-type=module', '-e', `import { prepareLaunch } from './prepare-launch.mjs'; prepareLaunch()`]
  expect(await project.run(launch)).toEqual({ exitCode: 0, output: FALLBACK })
  expect(await project.run(launch)).toEqual({ exitCode: 0, output: FALLBACK })
})

onLinux('npm run dist asks for the wanted Electron, refuses the fallback, and says how to use it all the same', async () => {
  const { mirror, project } = await projectOnFallback()
  const { exitCode, output } = await project.runScript('dist')
  expect(exitCode).toBe(1)
  expect(mirror.requests).toHaveLength(1)
  expect(output).toContain('Only the fallback Electron 33.2.1 is installed')
  expect(output).toContain('npm run dist -- --fallback-electron')
})

onLinux('without any Electron, each set-up asks again, and the command line needs none', async () => {
  const { mirror, project } = await projectOnFallback()
  project.write('node_modules/electron/path.txt', '')
  for (const times of [1, 2]) {
    const { exitCode, output } = await project.run(setUpBefore, { PATH: '' })
    expect(exitCode).toBe(0)
    expect(output).toContain('Ready, without Electron.')
    expect(mirror.requests).toHaveLength(times)
  }
  const areReady = ['--input-type=module', '-e', `import { arePackagesReady } from './set-up.mjs'; console.log(arePackagesReady())`]
  expect((await project.run(areReady)).output).toBe('true\n')
})
