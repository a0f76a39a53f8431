// The baseline for Ledgerdrop's start time and memory: a window of the same Electron with one line of text.
const { app, BrowserWindow } = require('electron')

const page = `<!doctype html><title>Bare</title><body>One line of text<script>
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('orders shown')))
</script>`

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, contextIsolation: true } })
  window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`)
})
app.on('window-all-closed', () => app.quit())
