import { _electron, expect } from '@playwright/test';
import { createPackage } from '@electron/asar';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDist } from '../../tools/electron-standin/make-dist.mjs';
import { SAMPLE_APP, test } from './sample-app.ts';

test('an app packed around the stand-in starts from its archive', async ({ data }) => {
  const folder = makeDist(join(data, 'dist'));
  await createPackage(SAMPLE_APP, join(folder, 'resources/app.asar'));
  const executablePath = join(folder, 'sample-app');
  await rename(join(folder, 'electron'), executablePath);
  const app = await _electron.launch({ executablePath, args: [`--user-data-dir=${data}`] });
  const page = await app.firstWindow();
  await expect(page.getByRole('heading')).toHaveText('sample');
  const about = await app.evaluate(({ app }) => [
    app.isPackaged,
    app.getVersion(),
    app.getAppPath().endsWith('/app.asar'),
  ]);
  await app.close();
  expect(about).toEqual([true, '1.2.3', true]);
});
