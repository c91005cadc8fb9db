import path from 'node:path';
import { RuleTester } from 'eslint';
import { afterAll, describe, it } from 'vitest';
import { noTextInCode } from './no-text-in-code.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.afterAll = afterAll;

const at = (relative) => path.resolve(import.meta.dirname, '../..', relative);
const errors = [{ messageId: 'text' }];
const languageOptions = { parserOptions: { ecmaFeatures: { jsx: true } } };

new RuleTester({ languageOptions }).run('no-text-in-code', noTextInCode, {
  valid: [
    { filename: at('renderer/a.tsx'), code: "const a = t('home.title'); const b = <p>{a}</p>;" },
    { filename: at('shared/domain/kana.ts'), code: "const row = 'アイウエオ'; const kana = /^[ァ-ヶー]+$/; // カナ" },
    { filename: at('electron/backend/printing/fold.ts'), code: "const never = new Set('、。円年');" },
    { filename: at('central/demo/seed.ts'), code: "const name = '山田花子';" },
    { filename: at('renderer/a.test.tsx'), code: "const a = '承諾する';" },
    { filename: at('tools/a.mjs'), code: "const a = '承諾する';" },
  ],
  invalid: [
    { filename: at('renderer/a.tsx'), code: "const a = '承諾する';", errors },
    { filename: at('renderer/a.tsx'), code: 'const a = <p>この内容で申込む</p>;', errors },
    { filename: at('central/mail.ts'), code: 'const a = `${name} 様`;', errors },
    { filename: at('electron/a.ts'), code: "const a = '円';", errors },
    { filename: at('shared/a.ts'), code: "const a = '동의합니다';", errors },
  ],
});
