/** electron-builder's processor names, indexed by its processor numbers. */
const processors = ['ia32', 'x64', 'armv7l', 'arm64', 'universal']

/**
 * electron-builder's hook before packing: refuses to pack for a different system or processor, because electron-builder
 * would package this computer's Electron (from `electronDist`) under that system's name.
 */
export default function beforePack({ electronPlatformName, arch }) {
  const wanted = `${electronPlatformName}-${processors[arch]}`
  const own = `${process.platform}-${process.arch}`
  if (wanted !== own) throw new Error(`This computer can only package for ${own}. Run this on a ${wanted} computer instead.`)
}
