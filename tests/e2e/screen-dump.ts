/** A rectangle of the screen, in pixels. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** The contents of the whole screen, read from the X window dump that Xvfb keeps in a file (`-fbdir`). */
export interface Dump {
  width: number
  height: number
  /** The colour of a pixel: red, green and blue, each from 0 to 255. */
  at(x: number, y: number): readonly [number, number, number]
}

/** Reads a window dump with 32 bits per pixel. Throws if it has a different number of bits. */
export function readDump(file: Buffer): Dump {
  const field = (index: number) => file.readUInt32BE(index * 4)
  const [width, height, bitsPerPixel, lineBytes] = [field(4), field(5), field(11), field(12)]
  if (bitsPerPixel !== 32) throw new Error(`The dump has ${bitsPerPixel} bits per pixel; only 32 are supported`)
  const start = field(0) + field(19) * 12
  const isBigEndian = field(7) === 1
  return {
    width,
    height,
    at: (x, y) => {
      const offset = start + y * lineBytes + x * 4
      const pixel = isBigEndian ? file.readUInt32BE(offset) : file.readUInt32LE(offset)
      return [(pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255]
    },
  }
}

/** A greyscale screenshot of an area. */
export class Screenshot {
  constructor(
    readonly area: Area,
    private readonly brightness: readonly number[],
  ) {}

  /** The smallest area that contains all visible differences in brightness, or null if there are none. */
  changedArea(other: Screenshot): Area | null {
    const pixels = this.differentPixels(other)
    if (pixels.length === 0) return null
    const [xs, ys] = [pixels.map((pixel) => pixel % this.area.width), pixels.map((pixel) => Math.floor(pixel / this.area.width))]
    const [left, top] = [Math.min(...xs), Math.min(...ys)]
    return { x: this.area.x + left, y: this.area.y + top, width: Math.max(...xs) - left + 1, height: Math.max(...ys) - top + 1 }
  }

  /** The indexes of the pixels whose brightness clearly differs. */
  differentPixels(other: Screenshot): number[] {
    return this.brightness.flatMap((value, pixel) => (Math.abs(value - (other.brightness[pixel] ?? 0)) > VISIBLE_DIFFERENCE ? [pixel] : []))
  }
}

/** Differences in brightness above this value, on a scale from 0 to 255, are visible at a glance. */
const VISIBLE_DIFFERENCE = 48

/** Returns a greyscale screenshot of an area of the dump; by default, of the whole screen. */
export function screenshotOf(dump: Dump, area: Area = { x: 0, y: 0, width: dump.width, height: dump.height }): Screenshot {
  const brightness: number[] = []
  for (let y = area.y; y < area.y + area.height; y += 1)
    for (let x = area.x; x < area.x + area.width; x += 1) {
      const [red, green, blue] = dump.at(x, y)
      brightness.push(0.299 * red + 0.587 * green + 0.114 * blue)
    }
  return new Screenshot(area, brightness)
}
