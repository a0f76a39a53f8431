// Draws every icon from the SVG files and from the tray shapes below. Run by hand after a change; the results are committed:
//   npm install --prefix /tmp/resvg @resvg/resvg-js@2.6.2 && node assets/draw-icons.mjs /tmp/resvg
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const { Resvg } = createRequire(resolve(process.argv[2] ?? '.', 'package.json'))('@resvg/resvg-js')
const at = (...names) => join(import.meta.dirname, ...names)

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** At these sizes the full drawing is a blur. */
const SMALL = 32
const TRAY_SIZES = [16, 20, 22, 24, 32, 44, 48, 64]
/** Linux's. No panel there tells whether it is dark, and dark ones are usual with light windows: a rim makes both pictures seen in both. */
const RIMMED_SIZES = [22, 44]
const RIMS = { light: '#ffffff', dark: '#1f2937' }

// On a 16 by 16 grid, edges on whole pixels where they are straight.
const DROP = 'M8 0.600C10.600 4 13.600 7 13.600 10.300a5.600 5.300 0 0 1-11.200 0C2.400 7 5.400 4 8 0.600z'

/** Each state differs in shape, not in colour alone; `hole` is cut out of the drop, `whole` stands in its place. */
const STATES = {
  idle: { light: '#1f2937', dark: '#f3f4f6' },
  syncing: {
    light: '#1d6fd1',
    dark: '#7cc0ff',
    hole: '<path d="M8 5v7M4.900 9.400L8 12.500l3.100-3.100" fill="none" stroke="black" stroke-width="2"/>',
  },
  problems: {
    light: '#d11a1a',
    dark: '#ff6b6b',
    whole: 'M8 0.800L15.600 15H0.400z',
    hole: '<path d="M7 5.500h2v5H7zM7 11.500h2v2H7z" fill="black"/>',
  },
  paused: { light: '#5b6472', dark: '#c3cad4', hole: '<path d="M5 7h2v6H5zM9 7h2v6H9z" fill="black"/>' },
  stopped: { light: '#5b6472', dark: '#c3cad4', isOutline: true },
}

function traySvg(state, panel, hasRim) {
  const shape = `${hasRim ? rim(state, RIMS[panel]) : ''}${trayShape(state, state[panel])}`
  const content = hasRim ? `<g transform="translate(8 8) scale(0.9) translate(-8 -8)">${shape}</g>` : shape
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${content}</svg>`
}

const OUTLINE = 'M8 2.200C10.200 5 12.600 7.600 12.600 10.300a4.600 4.300 0 0 1-9.200 0C3.400 7.600 5.800 5 8 2.200z'
const STROKE = 'M1.500 1.500l13 13'

function trayShape({ hole, whole, isOutline }, colour) {
  return isOutline
    ? `<path d="${OUTLINE}" fill="none" stroke="${colour}" stroke-width="1.600"/><path d="${STROKE}" stroke="${colour}" stroke-width="2"/>`
    : `<mask id="m"><rect width="16" height="16" fill="white"/>${hole ?? ''}</mask><path d="${whole ?? DROP}" fill="${colour}" stroke="${colour}" stroke-width="0.400" stroke-linejoin="round" mask="url(#m)"/>`
}

/** Lies under the shape: seen around it and through its hole. */
function rim({ whole, isOutline }, colour) {
  return isOutline
    ? `<path d="${OUTLINE}${STROKE}" fill="none" stroke="${colour}" stroke-width="3.600" stroke-linecap="round"/>`
    : `<path d="${whole ?? DROP}" fill="${colour}" stroke="${colour}" stroke-width="2.200" stroke-linejoin="round"/>`
}

function draw(svg, size) {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
}

/** Windows' icon file: a directory, then the pictures as PNG (allowed since Vista). */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** macOS's icon file: blocks of a type, a length and a PNG. */
function icns(pictures) {
  const TYPES = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 }
  const blocks = Object.entries(TYPES).map(([type, size]) => {
    const { png } = pictures.find((picture) => picture.size === size)
    return Buffer.concat([Buffer.from(type), uint32(png.length + 8), png])
  })
  return Buffer.concat([Buffer.from('icns'), uint32(8 + blocks.reduce((sum, block) => sum + block.length, 0)), ...blocks])
}

function uint32(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

mkdirSync(at('icons'), { recursive: true })
mkdirSync(at('tray'), { recursive: true })
const [large, small] = [readFileSync(at('icon.svg'), 'utf8'), readFileSync(at('icon-small.svg'), 'utf8')]
const pictures = APP_SIZES.map((size) => ({ size, png: draw(size <= SMALL ? small : large, size) }))
for (const { size, png } of pictures) writeFileSync(at('icons', `${size}.png`), png)
writeFileSync(at('icon.ico'), ico(pictures.filter(({ size }) => size <= 256)))
writeFileSync(at('icon.icns'), icns(pictures))
for (const [name, state] of Object.entries(STATES)) {
  for (const panel of ['light', 'dark']) {
    for (const size of TRAY_SIZES) {
      writeFileSync(at('tray', `${name}-${panel}-${size}.png`), draw(traySvg(state, panel, RIMMED_SIZES.includes(size)), size))
    }
  }
}
