import path from 'node:path';
import { RuleTester } from 'eslint';
import { afterAll, describe, it } from 'vitest';
import { importDirection } from './import-direction.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.afterAll = afterAll;

const at = (relative) => path.resolve(import.meta.dirname, '../..', relative);
const invalid = (file, code, messageId) => ({ filename: at(file), code, errors: [{ messageId }] });
const valid = (file, code) => ({ filename: at(file), code });

new RuleTester().run('import-direction', importDirection, {
  valid: [
    valid('shared/domain/a.ts', "import { b } from './b.ts'; import { z } from 'zod';"),
    valid('renderer/kit/a.ts', "import { b } from '../../shared/domain/b.ts';"),
    valid('electron/browser-host/a.ts', "import { b } from '../backend/b.ts'; import fs from 'node:fs';"),
    valid('electron/shell/a.ts', "import { app } from 'electron';"),
    valid('electron/main.ts', "void import('./shell/start.ts');"),
    valid('central/a.ts', "import courses from '../resources/catalog/courses.json';"),
    valid('central/a.test.ts', "import { b } from '../tools/b.ts';"),
    valid('tools/virtual-printer/a.ts', "import { b } from '../../electron/backend/b.ts';"),
  ],
  invalid: [
    invalid('shared/domain/a.ts', "import { b } from '../../central/b.ts';", 'direction'),
    invalid('shared/domain/a.ts', "import fs from 'node:fs';", 'node'),
    invalid('renderer/app/a.ts', "export * from 'path';", 'node'),
    invalid('renderer/app/a.ts', "import { b } from '../../electron/backend/b.ts';", 'direction'),
    invalid('electron/backend/a.ts', "const b = await import('../browser-host/b.ts');", 'direction'),
    invalid('electron/backend/a.ts', "import { app } from 'electron';", 'electron'),
    invalid('electron/backend/a.ts', "import { b } from '../shell/b.ts';", 'shell'),
    invalid('central/a.ts', "import { b } from '../tools/b.ts';", 'direction'),
    invalid('central/a.ts', "import { b } from '../electron/backend/b.ts';", 'direction'),
  ],
});
