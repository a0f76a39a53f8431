import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import type { TrayIcon } from '../../src-main/shell/tray/tray-state'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { type LaunchedApp, launchApp } from './launch'
import { missingForPanel, PanelSession } from './panel-session'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import type { Area, Picture } from './screen-dump'

const PACKAGE = 'Package'
const ICONS: readonly TrayIcon[] = ['idle', 'syncing', 'problems', 'paused', 'stopped']

/** Of the 22 by 22 that the icon has: fewer are a speck. */
const SEEN_PIXELS = 60
/** A pair of pause bars, the smallest mark there is, has more. */
const APART_PIXELS = 12

const missing = missingForPanel()
// Only a computer with a panel can show one; set-up installs it where it may.
if (missing.length > 0) console.warn(`SKIPPED: the icon in a real panel is not tested here. Missing: ${missing.join(', ')}.`)
test.skip(missing.length > 0, `missing on this computer: ${missing.join(', ')}`)

interface Desk {
  session: PanelSession
  launched: LaunchedApp
  prepared: PreparedWorkspace
  /** The panel before the program was there. */
  empty: Picture
}

/** The program on a workspace with one Pending order, its icon in a panel. */
async function withIcon(panel: 'light' | 'dark', body: (desk: Desk) => Promise<void>, hasProblem = false): Promise<void> {
  const prepared = await PreparedWorkspace.make([{ name: PACKAGE, profile: 'attache-xmlkfi' }], async (office, engine) => {
    office.receive(PACKAGE, orderNumbered('TP101'))
    if (hasProblem) writeFileSync(join(office.intakeFolder(PACKAGE), 'broken.json'), 'no orders')
    await engine.run('Read Orders')
    // Only what a person asks for runs.
    for (const task of SYNC_TASKS) await engine.command('sync.setPaused', { task, isPaused: true })
  })
  try {
    const session = await PanelSession.start(panel)
    try {
      const empty = session.panelPicture()
      const launched = await launchApp({ workspace: prepared.workspace, args: ['--no-samples'], env: session.env })
      try {
        await expect.poll(() => session.panelPicture().differs(empty), { message: 'the icon is in the panel' }).not.toBeNull()
        await body({ session, launched, prepared, empty })
      } finally {
        await launched.close()
      }
    } finally {
      await session.stop()
    }
  } finally {
    prepared.remove()
  }
}

/** Where the icon is, once the panel has stopped moving. */
async function iconArea({ session, empty }: Desk): Promise<Area> {
  let area: Area | null = null
  await expect
    .poll(() => {
      const before = JSON.stringify(area)
      area = session.panelPicture().differs(empty)
      return area !== null && JSON.stringify(area) === before
    })
    .toBe(true)
  if (area === null) throw new Error('there is no icon')
  return area
}

async function pointAtIcon(desk: Desk): Promise<void> {
  const { x, y, width, height } = await iconArea(desk)
  await desk.session.xdotool('mousemove', String(x + Math.floor(width / 2)), String(y + Math.floor(height / 2)))
}

/** Right-clicks the icon and waits until its menu stands below it. */
async function openMenu(desk: Desk): Promise<void> {
  const before = desk.session.screenPicture()
  await pointAtIcon(desk)
  await desk.session.xdotool('click', '3')
  // Higher than a tooltip.
  await expect.poll(() => desk.session.screenPicture().differs(before)?.height ?? 0, { message: 'the menu is open' }).toBeGreaterThan(100)
}

function trayState({ app }: LaunchedApp) {
  return app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.tray.state)
}

test('a right click on the icon in a real panel, Sync Now: the file is in the drop folder', async () => {
  await withIcon('light', async (desk) => {
    const files = () => readdirSync(desk.prepared.dropFolder(PACKAGE)).filter((name) => name.includes('tp101'))
    await expect.poll(async () => (await trayState(desk.launched)).canSync).toBe(true)
    await openMenu(desk)
    expect(files()).toEqual([])
    await desk.session.xdotool('key', 'Down', 'Return')
    await expect.poll(files).toHaveLength(1)
  })
})

test('closing the window hides it behind the icon in the panel, and a click on the icon brings it back', async () => {
  await withIcon('light', async (desk) => {
    const { app } = desk.launched
    const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
    // It says once that it goes on syncing; there is no service for notifications in this desktop.
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
    })
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(isVisible).toBe(false)
    await pointAtIcon(desk)
    await desk.session.xdotool('click', '1')
    await expect.poll(isVisible).toBe(true)
  })
})

test('a problem is on the icon, in its tooltip and in its menu, whose entry opens Sync > Problems', async () => {
  await withIcon(
    'dark',
    async (desk) => {
      await expect.poll(() => trayState(desk.launched)).toMatchObject({ icon: 'problems', problemCount: 1 })
      await expect.poll(() => desk.session.tooltip()).toContain('Ledgerdrop: 1 problem needs you')
      const heading = desk.launched.window.getByRole('heading', { name: 'Problems', level: 1 })
      await expect(heading).toBeHidden()
      await openMenu(desk)
      // Sync Now, Open Ledgerdrop, Problems (1).
      await desk.session.xdotool('key', 'Down', 'Down', 'Down', 'Return')
      await expect(heading).toBeVisible()
    },
    true,
  )
})

test('sync that has stopped is seen in the panel, and that it runs again', async () => {
  await withIcon('light', async (desk) => {
    const { launched } = desk
    await expect.poll(async () => (await trayState(launched)).canSync).toBe(true)
    const { icon: usual } = await trayState(launched)
    expect(usual).not.toBe('stopped')
    const stopped = await shapeOf(desk, 'stopped', 'light')
    const running = await shapeOf(desk, usual, 'light')

    await killEngine(launched)
    await expect.poll(async () => (await trayState(launched)).canSync).toBe(true)
    // The pause before a second restart is long enough to look at the panel.
    await killEngine(launched)
    await expect.poll(() => apart(desk, stopped), { intervals: [100] }).toBe(0)
    expect(await trayState(launched)).toMatchObject({ icon: 'stopped', canSync: false })
    expect(await desk.session.tooltip()).toBe('Ledgerdrop: sync has stopped and is being started again')
    await expect.poll(() => apart(desk, running)).toBe(0)
    expect(await trayState(launched)).toMatchObject({ icon: usual, canSync: true })
  })
})

/** Ends the engine thread, as a crash would, and waits until the tray knows. */
async function killEngine(launched: LaunchedApp): Promise<void> {
  await launched.app.evaluate(async () => {
    await (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.engine.worker?.terminate()
  })
  // Seen in time: the first restart comes a second later.
  await expect.poll(async () => (await trayState(launched)).icon, { intervals: [50] }).toBe('stopped')
}

/** In how many pixels the panel does not show this shape. */
function apart({ session, empty }: Desk, shape: ReadonlySet<number>): number {
  return pixelsApart(new Set(session.panelPicture().differentPixels(empty)), shape)
}

for (const panel of ['light', 'dark'] as const) {
  test(`in a ${panel} panel the five states can be seen and told apart by shape alone, whatever theme the windows have`, async () => {
    await withIcon(panel, async (desk) => {
      for (const theme of ['light', 'dark'] as const) {
        const shapes = new Map<TrayIcon, Set<number>>()
        for (const icon of ICONS) shapes.set(icon, await shapeOf(desk, icon, theme))
        for (const [icon, shape] of shapes) {
          expect(shape.size, `${icon} of the ${theme} theme is seen`).toBeGreaterThan(SEEN_PIXELS)
          for (const [other, another] of shapes) {
            if (other === icon) continue
            expect(pixelsApart(shape, another), `${icon} is not ${other}, ${theme} theme`).toBeGreaterThan(APART_PIXELS)
          }
        }
      }
    })
  })
}

/** The pixels in which the panel with this icon differs from the empty panel. */
async function shapeOf({ session, launched, empty }: Desk, icon: TrayIcon, theme: 'light' | 'dark'): Promise<Set<number>> {
  await launched.app.evaluate(
    ({ nativeTheme }, [wanted, source]) => {
      nativeTheme.themeSource = source
      const { tray } = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
      tray.update({ ...tray.state, icon: wanted })
    },
    [icon, theme] as const,
  )
  // The panel takes a new icon a moment later, and says so to nobody.
  let last: readonly number[] = []
  let stillSince = Date.now()
  await expect
    .poll(
      () => {
        const now = session.panelPicture().differentPixels(empty)
        if (now.join() !== last.join()) stillSince = Date.now()
        last = now
        return Date.now() - stillSince > 500
      },
      { intervals: [100] },
    )
    .toBe(true)
  return new Set(last)
}

/** How many pixels only one of the two has. */
function pixelsApart(one: ReadonlySet<number>, another: ReadonlySet<number>): number {
  const both = [...one].filter((place) => another.has(place)).length
  return one.size + another.size - 2 * both
}
