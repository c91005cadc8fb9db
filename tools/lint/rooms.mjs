import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Which folder may import from which, and which kinds of packages. The first room whose path begins a file's path is
 * its room; `resources` holds data that anybody but `shared` may import.
 */
const ROOMS = [
  { path: 'shared', may: ['shared'], node: false, electron: false },
  { path: 'renderer', may: ['renderer', 'shared', 'resources'], node: false, electron: false },
  { path: 'central', may: ['central', 'shared', 'resources'], node: true, electron: false },
  {
    path: 'electron/backend',
    // package.json for the program's version.
    may: ['electron/backend', 'shared', 'resources', 'package.json'],
    node: true,
    electron: false,
  },
  {
    path: 'electron/browser-host',
    may: ['electron/browser-host', 'electron/backend', 'shared', 'resources'],
    node: true,
    electron: false,
  },
  {
    path: 'electron/dev-dock',
    may: ['electron/dev-dock', 'electron/browser-host', 'electron/backend', 'shared', 'resources'],
    node: true,
    electron: false,
  },
  {
    path: 'electron/shell',
    may: ['electron/shell', 'electron/backend', 'shared', 'resources'],
    node: true,
    electron: true,
  },
  { path: 'electron/preload.ts', may: ['shared'], node: false, electron: true },
  { path: 'electron/main.ts', may: ['electron/shell'], node: true, electron: true },
  { path: 'package.json', may: [], node: false, electron: false },
  { path: 'resources', may: ['resources'], node: false, electron: false },
];

export const relativeToRoot = (file) => path.relative(root, file).split(path.sep).join('/');

export const isTest = (relative) =>
  /\.test\.[a-z]+$/.test(relative) || relative.startsWith('tests/') || relative.includes('/testing/');

export function roomOf(relative) {
  return ROOMS.find((room) => relative === room.path || relative.startsWith(`${room.path}/`));
}
