/** Its own address bar, as a page of hundreds of files, which each window loads beside ours. */
const ADDRESS_BAR = ['WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup'];

/** What Playwright turns off itself; Chromium heeds the last such list only. */
const BY_PLAYWRIGHT = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'OptimizationHints', 'AimEnabled'],
  ...['ThirdPartyStoragePartitioning', 'NetworkTimeServiceQuerying', 'PreconnectToSearch'],
];

export const noAddressBar = `--disable-features=${ADDRESS_BAR.join(',')}`;

export const testSwitches = [
  `--disable-features=${[...ADDRESS_BAR, ...BY_PLAYWRIGHT].join(',')}`,
  // Chromium refuses its sandbox to root, who runs the tests on build machines; a kiosk never runs as root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
