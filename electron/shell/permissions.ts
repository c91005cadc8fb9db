import type { Session } from 'electron';
import { PAGE_ORIGIN } from './page-address.ts';

/** Every permission that this version of Electron knows: a new one doesn't compile until it is decided here. */
export type PermissionName = Parameters<NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>>[1];

const NO_DEVICE = 'the terminal reaches its devices from the main process';
const NO_SYSTEM = 'nothing of the machine is for the page';
const NO_KEEPING = 'nothing outlives the session';
const NO_OTHER_PAGE = 'there is one page and no other';
const NO_IMMERSION = 'no screen uses it';

/** Why the page gets none of these. `media` alone is looked at closer. */
const DENIED: Readonly<Record<Exclude<PermissionName, 'media'>, string>> = {
  ar: NO_IMMERSION,
  vr: NO_IMMERSION,
  'hand-tracking': NO_IMMERSION,
  sensors: NO_IMMERSION,
  mediaKeySystem: NO_IMMERSION,
  'automatic-fullscreen': 'the window is the whole screen already',
  fullscreen: 'the window is the whole screen already',
  'background-fetch': NO_KEEPING,
  'background-sync': NO_KEEPING,
  'periodic-background-sync': NO_KEEPING,
  'persistent-storage': NO_KEEPING,
  'payment-handler': NO_OTHER_PAGE,
  'storage-access': NO_OTHER_PAGE,
  'top-level-storage-access': NO_OTHER_PAGE,
  'web-app-installation': NO_OTHER_PAGE,
  'captured-surface-control': 'the screen shows personal data',
  'display-capture': 'the screen shows personal data',
  'clipboard-read': "the clipboard may hold another's data",
  'deprecated-sync-clipboard-read': "the clipboard may hold another's data",
  'clipboard-sanitized-write': 'copying is done by keys, and ends with the session',
  fileSystem: NO_SYSTEM,
  geolocation: NO_SYSTEM,
  'geolocation-approximate': NO_SYSTEM,
  'idle-detection': NO_SYSTEM,
  'local-fonts': NO_SYSTEM,
  'local-network': NO_SYSTEM,
  'local-network-access': NO_SYSTEM,
  'loopback-network': NO_SYSTEM,
  notifications: NO_SYSTEM,
  openExternal: NO_SYSTEM,
  'screen-wake-lock': 'the shell keeps the screen on',
  'system-wake-lock': 'the shell keeps the screen on',
  'speaker-selection': NO_SYSTEM,
  'window-management': NO_SYSTEM,
  keyboardLock: "keys are the shell's to block",
  pointerLock: 'a pointer that is caught is a dead end',
  hid: NO_DEVICE,
  midi: NO_DEVICE,
  midiSysex: NO_DEVICE,
  nfc: NO_DEVICE,
  serial: NO_DEVICE,
  'smart-card': NO_DEVICE,
  usb: NO_DEVICE,
  'web-printing': NO_DEVICE,
  unknown: 'not known to Electron',
};

export interface PermissionQuestion {
  readonly permission: string;
  /** The asking frame's origin; Electron sometimes puts a slash behind it. */
  readonly origin: string;
  readonly isMainFrame: boolean;
  /** For `media`; several where the page asks for them together. */
  readonly mediaTypes: readonly string[];
}

export type PermissionAnswer = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** @param isCapturing whether the customer is at a screen that takes a picture */
export function decidePermission(question: PermissionQuestion, isCapturing: () => boolean): PermissionAnswer {
  const { permission, origin, isMainFrame, mediaTypes } = question;
  if (permission !== 'media') return { allowed: false, why: reasonFor(permission) };
  if (!isMainFrame || origin.replace(/\/$/, '') !== PAGE_ORIGIN) return { allowed: false, why: 'only for our page' };
  if (mediaTypes.length === 0 || mediaTypes.some((type) => type !== 'video')) {
    return { allowed: false, why: 'only the camera' };
  }
  return isCapturing() ? { allowed: true } : { allowed: false, why: 'only while a picture is taken' };
}

function reasonFor(permission: string): string {
  const known = Object.entries(DENIED).find(([name]) => name === permission);
  return known === undefined ? 'not decided on' : known[1];
}
