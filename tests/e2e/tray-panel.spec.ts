import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import type { TrayIcon } from '../../src-main/shell/tray/tray-state'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { type LaunchedApp, launchApp } from './launch'
import { missingPanelPrograms, PanelSession } from './panel-session'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import type { Area, Screenshot } from './screen-dump'

const PACKAGE = 'Package'
const ICONS: readonly TrayIcon[] = ['idle', 'syncing', 'problems', 'paused', 'stopped']

/** How many of the icon's 22 x 22 pixels must be visible. */
const MIN_VISIBLE_PIXELS = 60
/** How many pixels two icons must differ by. The smallest symbol, a pair of pause bars, has more. */
const MIN_DIFFERENT_PIXELS = 12

const missing = missingPanelPrograms()
// These tests need a real panel. The set-up script installs one if it is allowed to.
if (missing.length > 0) console.warn(`SKIPPED: the icon in a real panel is not tested here. Missing: ${missing.join(', ')}.`)
test.skip(missing.length > 0, `missing on this computer: ${missing.join(', ')}`)

interface Desktop {
  session: PanelSession
  launched: LaunchedApp
  prepared: PreparedWorkspace
  /** The panel before the program started. */
  empty: Screenshot
}

/** Runs `body` with the program on a workspace with one Pending order, and its icon in a panel. */
async function withIcon(panel: 'light' | 'dark', body: (desktop: Desktop) => Promise<void>, hasProblem = false): Promise<void> {
  const prepared = await PreparedWorkspace.make([{ name: PACKAGE, profile: 'attache-xmlkfi' }], async (workspace, engine) => {
    workspace.receive(PACKAGE, orderNumbered('TP101'))
    if (hasProblem) writeFileSync(join(workspace.intakeFolder(PACKAGE), 'broken.json'), 'no orders')
    await engine.run('Read Orders')
    // Pause all tasks, so that only the test starts runs.
    for (const task of SYNC_TASKS) await engine.command('sync.setPaused', { task, isPaused: true })
  })
  try {
    const session = await PanelSession.start(panel)
    try {
      const empty = session.panelScreenshot()
      const launched = await launchApp({ workspace: prepared.workspace, args: ['--no-samples'], env: session.env })
      try {
        await expect.poll(() => session.panelScreenshot().changedArea(empty), { message: 'the icon is in the panel' }).not.toBeNull()
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

/** The icon's area, after the panel has stopped changing. */
async function iconArea({ session, empty }: Desktop): Promise<Area> {
  let area: Area | null = null
  await expect
    .poll(() => {
      const before = JSON.stringify(area)
      area = session.panelScreenshot().changedArea(empty)
      return area !== null && JSON.stringify(area) === before
    })
    .toBe(true)
  if (area === null) throw new Error('There is no icon in the panel.')
  return area
}

async function pointAtIcon(desktop: Desktop): Promise<void> {
  const { x, y, width, height } = await iconArea(desktop)
  await desktop.session.xdotool('mousemove', String(x + Math.floor(width / 2)), String(y + Math.floor(height / 2)))
}

/** Right-clicks the icon and waits until its menu is open. */
async function openMenu(desktop: Desktop): Promise<void> {
  const before = desktop.session.screenshot()
  await pointAtIcon(desktop)
  await desktop.session.xdotool('click', '3')
  // A menu is taller than a tooltip.
  await expect
    .poll(() => desktop.session.screenshot().changedArea(before)?.height ?? 0, { message: 'the menu is open' })
    .toBeGreaterThan(100)
}

function trayState({ app }: LaunchedApp) {
  return app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.tray.state)
}

test("Sync Now in the icon's right-click menu, in a real panel, writes the file to the drop folder", async () => {
  await withIcon('light', async (desktop) => {
    const files = () => readdirSync(desktop.prepared.dropFolder(PACKAGE)).filter((name) => name.includes('tp101'))
    await expect.poll(async () => (await trayState(desktop.launched)).canSync).toBe(true)
    await openMenu(desktop)
    expect(files()).toEqual([])
    await desktop.session.xdotool('key', 'Down', 'Return')
    await expect.poll(files).toHaveLength(1)
  })
})

test('closing the window hides it, and clicking the icon in the panel shows it again', async () => {
  await withIcon('light', async (desktop) => {
    const { app } = desktop.launched
    const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
    // The program tells the user once that it keeps syncing: in a dialog, because this desktop has no notification
    // service.
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
    })
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(isVisible).toBe(false)
    await pointAtIcon(desktop)
    await desktop.session.xdotool('click', '1')
    await expect.poll(isVisible).toBe(true)
  })
})

test('a problem changes the icon, its tooltip and its menu, and the menu item opens Sync > Problems', async () => {
  await withIcon(
    'dark',
    async (desktop) => {
      await expect.poll(() => trayState(desktop.launched)).toMatchObject({ icon: 'problems', problemCount: 1 })
      await expect.poll(() => desktop.session.tooltip()).toContain('Ledgerdrop: 1 problem needs attention')
      const heading = desktop.launched.window.getByRole('heading', { name: 'Problems', level: 1 })
      await expect(heading).toBeHidden()
      await openMenu(desktop)
      // Sync Now, Open Ledgerdrop, Problems (1).
      await desktop.session.xdotool('key', 'Down', 'Down', 'Down', 'Return')
      await expect(heading).toBeVisible()
    },
    true,
  )
})

test('the icon in the panel shows when sync has stopped unexpectedly, and when it is running again', async () => {
  await withIcon('light', async (desktop) => {
    const { launched } = desktop
    await expect.poll(async () => (await trayState(launched)).canSync).toBe(true)
    const { icon: normalIcon } = await trayState(launched)
    expect(normalIcon).not.toBe('stopped')
    const stopped = await shapeOf(desktop, 'stopped', 'light')
    const running = await shapeOf(desktop, normalIcon, 'light')

    await killEngine(launched)
    await expect.poll(async () => (await trayState(launched)).canSync).toBe(true)
    // The delay before the second restart is long enough to check the panel.
    await killEngine(launched)
    await expect.poll(() => differenceFrom(desktop, stopped), { intervals: [100] }).toBe(0)
    expect(await trayState(launched)).toMatchObject({ icon: 'stopped', canSync: false })
    expect(await desktop.session.tooltip()).toBe('Ledgerdrop: sync has stopped and is restarting')
    await expect.poll(() => differenceFrom(desktop, running)).toBe(0)
    expect(await trayState(launched)).toMatchObject({ icon: normalIcon, canSync: true })
  })
})

/** Ends the engine thread, as a crash would, and waits until the tray shows it. */
async function killEngine(launched: LaunchedApp): Promise<void> {
  await launched.app.evaluate(async () => {
    await (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.engine.worker?.terminate()
  })
  // Poll often, because the first restart happens after one second.
  await expect.poll(async () => (await trayState(launched)).icon, { intervals: [50] }).toBe('stopped')
}

/** The number of pixels in which the panel differs from this shape. */
function differenceFrom({ session, empty }: Desktop, shape: ReadonlySet<number>): number {
  return differingPixels(new Set(session.panelScreenshot().differentPixels(empty)), shape)
}

for (const panel of ['light', 'dark'] as const) {
  test(`in a ${panel} panel the five states are visible and differ by shape alone, in both window themes`, async () => {
    await withIcon(panel, async (desktop) => {
      for (const theme of ['light', 'dark'] as const) {
        const shapes = new Map<TrayIcon, Set<number>>()
        for (const icon of ICONS) shapes.set(icon, await shapeOf(desktop, icon, theme))
        for (const [icon, shape] of shapes) {
          expect(shape.size, `${icon} of the ${theme} theme is visible`).toBeGreaterThan(MIN_VISIBLE_PIXELS)
          for (const [otherIcon, otherShape] of shapes) {
            if (otherIcon === icon) continue
            expect(differingPixels(shape, otherShape), `${icon} differs from ${otherIcon}, ${theme} theme`).toBeGreaterThan(
              MIN_DIFFERENT_PIXELS,
            )
          }
        }
      }
    })
  })
}

/** The pixels in which the panel with this icon differs from the empty panel. */
async function shapeOf({ session, launched, empty }: Desktop, icon: TrayIcon, theme: 'light' | 'dark'): Promise<Set<number>> {
  await launched.app.evaluate(
    ({ nativeTheme }, [wanted, source]) => {
      nativeTheme.themeSource = source
      const { tray } = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
      tray.update({ ...tray.state, icon: wanted })
    },
    [icon, theme] as const,
  )
  // The panel shows a new icon after a delay, without any signal. Wait until it no longer changes.
  let last: readonly number[] = []
  let unchangedSince = Date.now()
  await expect
    .poll(
      () => {
        const now = session.panelScreenshot().differentPixels(empty)
        if (now.join() !== last.join()) unchangedSince = Date.now()
        last = now
        return Date.now() - unchangedSince > 500
      },
      { intervals: [100] },
    )
    .toBe(true)
  return new Set(last)
}

/** The number of pixels that are in only one of the two shapes. */
function differingPixels(first: ReadonlySet<number>, second: ReadonlySet<number>): number {
  const inBoth = [...first].filter((pixel) => second.has(pixel)).length
  return first.size + second.size - 2 * inBoth
}
