import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Opens Chromium on the whole screen; null: there is no display or no Chromium. */
export function openWindow(input: { url: string; dataDir: string; env: NodeJS.ProcessEnv }): ChildProcess | null {
  const { url, dataDir, env } = input;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return null;
  const browser = findBrowser(env['PATH'] ?? '');
  if (browser === null) return null;
  const profile = join(dataDir, 'browser-profile');
  prepareProfile(profile, url);
  return spawn(browser, windowArguments(profile, url), { stdio: 'ignore' });
}

export function prepareProfile(profile: string, url: string): void {
  mkdirSync(join(profile, 'Default'), { recursive: true, mode: 0o700 });
  // No flag keeps the translation bubble off a kiosk's screen, nor the question for the camera, which nobody may answer.
  const camera = { [`${new URL(url).origin},*`]: { setting: 1 } };
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({
      translate: { enabled: false },
      credentials_enable_service: false,
      autofill: { enabled: false },
      profile: { content_settings: { exceptions: { media_stream_camera: camera } } },
    }),
  );
}

export const windowArguments = (profile: string, url: string): string[] => [
  '--kiosk',
  `--user-data-dir=${profile}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-features=Translate',
  '--accept-lang=ja,en',
  '--autoplay-policy=no-user-gesture-required',
  // As root Chromium has no sandbox: development machines only, a kiosk runs as an ordinary user.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  // As an app's window, whose page gets the keys that a browser otherwise keeps for itself (Ctrl+N, Ctrl+T, Ctrl+W).
  `--app=${url}`,
];

function findBrowser(path: string): string | null {
  for (const folder of path.split(delimiter)) {
    for (const name of BROWSERS) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not this one.
      }
    }
  }
  return null;
}
