/** electron-builder's name of a processor, by its own number. */
const processors = ['ia32', 'x64', 'armv7l', 'arm64', 'universal']

/**
 * electron-builder's hook: refuses to pack for another system or processor than this computer's. It would put this computer's Electron, the one in
 * `electronDist`, under the other one's name.
 */
export default function beforePack({ electronPlatformName, arch }) {
  const wanted = `${electronPlatformName}-${processors[arch]}`
  const own = `${process.platform}-${process.arch}`
  if (wanted !== own) throw new Error(`This computer packs for ${own} only, not for ${wanted}: pack there.`)
}
