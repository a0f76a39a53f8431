import { writeFileSync } from 'node:fs'
import { inProject } from './project.mjs'
import { licencesText, shippedPackages } from './shipped-licences.mjs'

/** `npm run licences`: lists the shipped packages and writes their licence texts to out/licences.txt. */
const packages = shippedPackages()
writeFileSync(inProject('out', 'licences.txt'), licencesText(packages))
for (const { name, version, licence } of packages) process.stdout.write(`${name} ${version}: ${licence}\n`)
