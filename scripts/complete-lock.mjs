// Completes package-lock.json after `npm install`.
//
// Packages such as @swc/core have one optional dependency per platform. npm leaves out of the lock file those that it
// could not see (a mirror may serve builds for Linux only), and `npm ci` of npm 11 then refuses the whole lock file
// with "Missing: … from lock file". This adds an entry for each; npm skips it on every other platform.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';

/** Words in package names → npm's names for operating systems; Linux where none is found. */
const SYSTEMS = {
  darwin: /darwin|macos/,
  win32: /win32|windows/,
  android: /android/,
  freebsd: /freebsd/,
  openbsd: /openbsd/,
  netbsd: /netbsd/,
  sunos: /sunos/,
  aix: /aix/,
  openharmony: /openharmony/,
};

/** The same for processors, the longer names first; x64 where none is found. */
const PROCESSORS = {
  arm64: /arm64|aarch64/,
  arm: /arm/,
  ppc64: /ppc64/,
  s390x: /s390x/,
  riscv64: /riscv64/,
  loong64: /loong64/,
  mips64el: /mips64el/,
  ia32: /ia32|386/,
  wasm32: /wasm32/,
};

const named = (names, packageName, otherwise) => Object.entries(names).find(([, words]) => words.test(packageName))?.[0] ?? otherwise;

/** Where Node would look for a package that is required from a folder: that folder's node_modules, then its parents'. */
function places(folder) {
  const parent = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '');
  return [folder, ...(folder === '' ? [] : places(parent))];
}

const isLocked = (packages, folder, name) => places(folder).some((place) => packages[`${place ? `${place}/` : ''}node_modules/${name}`]);

function entry(name, range, dev) {
  return {
    version: range.replace(/^[\^~]/, ''),
    cpu: [named(PROCESSORS, name, 'x64')],
    ...(dev && { dev }),
    optional: true,
    os: [named(SYSTEMS, name, 'linux')],
  };
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
for (const [folder, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isLocked(lock.packages, folder, name)) continue;
    lock.packages[`node_modules/${name}`] = entry(name, range, dev);
    added.push(`${name}@${range}`);
  }
}

if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length === 0 ? `${FILE} is complete.` : `Added to ${FILE}: ${added.join(', ')}.`);
