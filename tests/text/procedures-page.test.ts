import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { LIVE_PROCEDURE_IDS, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { loadProcedure, PROCEDURE_IDS } from '../../shared/procedures/registry.ts';
import type { Procedure, Question, Step } from '../../shared/procedures/procedure.ts';

const titles = z.record(z.string(), z.record(z.string(), z.looseObject({ title: z.string() })));
const japanese = titles.parse(JSON.parse(readFileSync('shared/locales/ja/procedures.json', 'utf8')));

type HeadOf = Pick<Procedure, 'id' | 'manual' | 'audience' | 'offline'>;

const OFFLINE = {
  queue: 'queued: finished without central, sent later',
  live: 'live: needs central now',
  cached: 'cached: shows what the terminal last got',
} as const;
const WHO = { C: 'customer', S: 'staff for a customer', G: 'guest' } as const;

/** Where a definition changed, `npx vitest run tests/text/procedures-page.test.ts -u` writes the page anew. */
it('docs/procedures.md says what the definitions say', async () => {
  const procedures = await Promise.all(PROCEDURE_IDS.map(loadProcedure));
  await expect(page(procedures)).toMatchFileSnapshot('../../docs/procedures.md');
});

it('docs/connect-your-bss.md says what each procedure asks of a BSS', () => {
  const rows = readFileSync('docs/connect-your-bss.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ')[0]);
  const unnamed = [...PROCEDURE_IDS, ...LIVE_PROCEDURE_IDS].filter(
    (id) => !rows.some((row) => row?.includes(`\`${id}\``) === true),
  );
  expect(unnamed).toEqual([]);
});

function page(procedures: readonly Procedure[]): string {
  return [
    '# The procedures of this release',
    'Written from the definitions in `shared/procedures` by `tests/text/procedures-page.test.ts`; not by hand.',
    'Every application calls central in the same way. When the session opens: TMF629 `customer`, TMF632 `individual`,\n' +
      'TMF637 `product`, TMF622 `productOrder` (what is on its way), TMF679 `productOfferingQualification` (what can be had at the\n' +
      'address), TMF687 `productStock` and TMF670 `paymentMethod`; a BSS without the last three leaves everything on offer. The\n' +
      'catalog is TMF620, kept and asked for by its ETag. Then one TMF622 `POST productOrder` for each application, followed by\n' +
      '`GET productOrder?externalId=`.',
    ...procedures.map(section),
    'What is done at once, and is no application, asks the house API of central (`central/README.md`, Passwords of services);\n' +
      'whose account it is comes from TMF720 `digitalIdentity`. A BSS without these offers none of it.',
    ...LIVE_PROCEDURE_IDS.map((id) => head(liveProcedure(id)).join('\n')),
  ]
    .join('\n\n')
    .concat('\n');
}

function head({ id, manual: [first, last], audience, offline }: HeadOf): string[] {
  const [area = '', name = ''] = id.split('.');
  return [
    `## ${id} – ${japanese[area]?.[name]?.title ?? ''}`,
    '',
    `- Manual: p.${first === last ? first : `${first}-${last}`}`,
    `- Who: ${audience.map((who) => WHO[who]).join(', ')}`,
    `- Without central: ${OFFLINE[offline]}`,
  ];
}

function section(procedure: Procedure): string {
  return [
    ...head(procedure),
    `- Steps: ${procedure.steps.map(stepText).join(' → ')}`,
    `- Refused combinations: ${procedure.rules.map(({ id, question }) => `${id} (at ${question})`).join(', ') || 'none'}`,
    `- Terms: ${termsText(procedure)}`,
    `- New fee: ${procedure.feeStart}`,
  ].join('\n');
}

function termsText({ terms, furtherTerms }: Procedure): string {
  const forSome = furtherTerms.map((id) => `${id}, only where it matters`);
  return [...terms, ...forSome].join(', ') || 'none';
}

function stepText(step: Step): string {
  return step.kind === 'choose' ? `${step.id} (${step.questions.map(questionText).join(', ')})` : step.kind;
}

function questionText(question: Question): string {
  const { id, when } = question;
  return `${id}: ${answerText(question)}${when === undefined ? '' : ', only where it matters'}`;
}

function answerText(question: Question): string {
  switch (question.kind) {
    case 'one':
    case 'counts':
      return question.kind;
    case 'many':
      return 'any';
    case 'each':
      return 'one for each';
    case 'text':
      return `${question.format.kind}${question.isOptional === true ? ', or nothing' : ''}`;
    default:
      return cantHappen(question);
  }
}
