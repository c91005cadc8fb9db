import fs from 'node:fs';
import path from 'node:path';
import { Arch } from 'electron-builder';
import { bundledPackages, licenceList, licenceProblems, packedPackages } from '../tools/package/licences.mjs';
import { guardNativeModules, isStandIn } from '../tools/package/native-modules.mjs';

/** electron-builder calls this when everything is in place, before it sets the fuses and signs. */
export default function afterPack({ appOutDir, electronPlatformName: platform, arch, packager }) {
  const resources = path.join(appOutDir, 'resources');
  const name = platform === 'win32' ? `${packager.appInfo.productFilename}.exe` : packager.executableName;
  const program = path.join(appOutDir, name);
  guardNativeModules({
    program,
    resources,
    platform,
    arch: Arch[arch],
    version: packager.info.framework.version,
  });
  if (isStandIn(program)) {
    fs.writeFileSync(
      path.join(appOutDir, 'STAND-IN.txt'),
      'This package has no Electron in it. It is for tests only.\n',
    );
  }
  const packages = [
    ...bundledPackages(path.join(packager.projectDir, 'out')),
    ...packedPackages(path.join(resources, 'app.asar')),
  ];
  const problems = licenceProblems(packages);
  if (problems.length > 0) throw new Error(`licences:\n  ${problems.join('\n  ')}`);
  fs.writeFileSync(path.join(resources, 'LICENCES.txt'), licenceList(packages));
}
