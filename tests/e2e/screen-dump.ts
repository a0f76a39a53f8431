/** A part of the screen, in pixels. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** The whole screen as a program sees it, in the form that Xvfb keeps it in a file (`-fbdir`): X's window dump. */
export interface Dump {
  width: number
  height: number
  /** The colour there, red, green, blue. */
  at(x: number, y: number): readonly [number, number, number]
}

/** Reads a window dump of 32 bits a pixel. */
export function readDump(file: Buffer): Dump {
  const field = (index: number) => file.readUInt32BE(index * 4)
  const [width, height, bitsPerPixel, lineBytes] = [field(4), field(5), field(11), field(12)]
  if (bitsPerPixel !== 32) throw new Error(`${bitsPerPixel} bits a pixel: only 32 are read`)
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

/** A still picture of an area. */
export class Picture {
  constructor(
    readonly area: Area,
    private readonly brightness: readonly number[],
  ) {}

  /** The smallest area in which the two differ to the eye, colours left aside; null: nowhere. */
  differs(other: Picture): Area | null {
    const places = this.differentPixels(other)
    if (places.length === 0) return null
    const [xs, ys] = [places.map((place) => place % this.area.width), places.map((place) => Math.floor(place / this.area.width))]
    const [left, top] = [Math.min(...xs), Math.min(...ys)]
    return { x: this.area.x + left, y: this.area.y + top, width: Math.max(...xs) - left + 1, height: Math.max(...ys) - top + 1 }
  }

  /** The places of the pixels whose brightness differs clearly. */
  differentPixels(other: Picture): number[] {
    return this.brightness.flatMap((value, place) => (Math.abs(value - (other.brightness[place] ?? 0)) > CLEARLY ? [place] : []))
  }
}

/** Of 255; an eye tells this apart at a glance. */
const CLEARLY = 48

/** Takes a still picture of an area, or of all. */
export function picture(dump: Dump, area: Area = { x: 0, y: 0, width: dump.width, height: dump.height }): Picture {
  const brightness: number[] = []
  for (let y = area.y; y < area.y + area.height; y += 1)
    for (let x = area.x; x < area.x + area.width; x += 1) {
      const [red, green, blue] = dump.at(x, y)
      brightness.push(0.299 * red + 0.587 * green + 0.114 * blue)
    }
  return new Picture(area, brightness)
}
