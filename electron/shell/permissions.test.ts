import { describe, expect, it } from 'vitest';
import { decidePermission, type PermissionQuestion } from './permissions.ts';

const camera: PermissionQuestion = {
  permission: 'media',
  origin: 'app://madoguchi',
  isMainFrame: true,
  mediaTypes: ['video'],
};
const capturing = (): boolean => true;

describe('what the page may', () => {
  it('is the camera, for our own page, while a picture is taken', () => {
    expect(decidePermission(camera, capturing)).toEqual({ allowed: true });
    expect(decidePermission({ ...camera, origin: 'app://madoguchi/' }, capturing)).toEqual({ allowed: true });
    expect(decidePermission(camera, () => false)).toEqual({ allowed: false, why: 'only while a picture is taken' });
  });

  it.each<[string, Partial<PermissionQuestion>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another host of our scheme', { origin: 'app://other' }],
    ['an origin that begins like ours', { origin: 'app://madoguchi.example' }],
    ['a frame inside our page', { isMainFrame: false }],
    ['the microphone', { mediaTypes: ['audio'] }],
    ['camera and microphone together', { mediaTypes: ['video', 'audio'] }],
    ['a medium that is not named', { mediaTypes: [] }],
  ])('is nothing for %s', (_name, difference) => {
    expect(decidePermission({ ...camera, ...difference }, capturing).allowed).toBe(false);
  });

  it.each(['display-capture', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'usb', 'fullscreen'])(
    'is not %s, and there is a reason',
    (permission) => {
      const answer = decidePermission({ ...camera, permission }, capturing);
      expect(answer.allowed).toBe(false);
      expect(answer).not.toEqual({ allowed: false, why: 'not decided on' });
    },
  );

  it('is nothing that a later Electron adds', () => {
    for (const permission of ['mind-reading', 'toString', '__proto__']) {
      expect(decidePermission({ ...camera, permission }, capturing)).toEqual({ allowed: false, why: 'not decided on' });
    }
  });
});
