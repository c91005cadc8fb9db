import { describe, expect, it } from 'vitest';
import catalogData from '../../resources/catalog/catalog.json';
import { catalogSchema, PRICE_GROUPS, LINE_TYPES } from '../../shared/domain/catalog.ts';
import { CONTRACT_STATUSES, PROVISIONS } from '../../shared/domain/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import { noticeSchema } from '../../shared/domain/notices.ts';
import { feeStartSchema, laterReasonSchema, onceLineSchema } from '../../shared/domain/quote.ts';
import { printOutcomeSchema } from '../../shared/contract/printing.ts';
import { enrolmentCauseSchema, enrolmentSchema } from '../../shared/contract/enrolment.ts';
import { DAY_STANDINGS } from '../../shared/contract/close-day.ts';
import { brokenLinkSchema, CENTRAL_LINKS, diskTestSchema } from '../../shared/contract/devices.ts';
import { APPLICATION_STATES, printerStatusSchema, stateReasonSchema } from '../../shared/contract/events.ts';
import { queueActSchema, QUEUE_FILTERS } from '../../shared/contract/queue.ts';
import { OBSTACLES, QUEUE_ACTIONS } from '../../shared/domain/queue-actions.ts';
import { WITHDRAWAL_REASONS } from '../../shared/domain/withdrawal.ts';
import { optionsOf, questionsOf } from '../../shared/procedures/asked.ts';
import {
  DISABLED_REASONS,
  PROCEDURE_AREAS,
  type ProcedureContext,
  PURPOSES,
  UNAVAILABLE_REASONS,
} from '../../shared/procedures/procedure.ts';
import { RULE_IDS } from '../../shared/procedures/rule-ids.ts';
import { TEXT_PROBLEMS } from '../../shared/domain/typed/typed-text.ts';
import { characteristicsSchema } from '../../shared/domain/characteristics.ts';
import { loadProcedure, PROCEDURE_IDS } from '../../shared/procedures/registry.ts';

// As the page has them (texts/ja.ts): what is only on central's own pages and in its mails is not there.
const files = import.meta.glob<object>(
  [
    '../../shared/locales/*/*.json',
    '!../../shared/locales/*/{account-mails,codes,fleet,mails,one-time-page,phone-page,service,shop}.json',
  ],
  { eager: true, import: 'default' },
);

/** `area:key.key` → text. */
function textsOf(language: Language): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'string') texts.set(path, value);
    else
      for (const [key, inner] of Object.entries(value ?? {}))
        walk(`${path}${path.endsWith(':') ? '' : '.'}${key}`, inner);
  };
  for (const [path, content] of Object.entries(files)) {
    const [, folder, area] = /locales\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? [];
    if (folder === language) walk(`${area}:`, content);
  }
  return texts;
}

const japanese = textsOf('ja');

const context: ProcedureContext = {
  catalog: catalogSchema.parse(catalogData),
  facts: { kind: 'unknown', customerNumber: '1000000001' },
  today: '2026-11-24',
  reachesAt: Date.parse('2026-11-24T12:00:00+09:00'),
};

/** What was overtaken has been carried out: nothing waits in a queue for it. */
const waitingReasons = stateReasonSchema.options.filter((reason) => reason !== 'overtaken');

describe('the texts', () => {
  it('hold the button words that staff and customers go by', () => {
    expect(
      ['sign-in:submit', 'common:next', 'common:back', 'common:confirm', 'wizard:terms.accept', 'wizard:terms.submit']
        .concat([
          'common:call-staff',
          'common:finish',
          'common:cancel',
          'wizard:result.title',
          'wizard:result.provisional',
        ])
        .map((key) => japanese.get(key)),
    ).toEqual([
      ...['ログイン', '次へ', '戻る', '確認', '承諾する', 'この内容で申込む', '係員を呼ぶ', '終了する', '中止する'],
      ...['お申込みありがとうございます！', '仮受付'],
    ]);
  });

  it('name everything that the domain can say', async () => {
    const procedures = await Promise.all(PROCEDURE_IDS.map(loadProcedure));
    const expected = [
      ...PRICE_GROUPS.map((group) => `prices:group.${group}`),
      ...LINE_TYPES.map((type) => `choice:line-type.${type}`),
      ...PROVISIONS.map((provision) => `prices:provision.${provision}`),
      ...CONTRACT_STATUSES.map((status) => `contracts:status.${status}`),
      ...noticeSchema.options.map((notice) => `notices:${notice.shape.id.value}`),
      ...onceLineSchema.shape.id.options.map((id) => `prices:once.${id}`),
      ...feeStartSchema.options.map((start) => `prices:fee-start.${start}`),
      ...laterReasonSchema.options.map((reason) => `prices:later-reason.${reason}`),
      ...APPLICATION_STATES.flatMap((state) => [`wizard:state.${state}`, `wizard:result.${state}.text`]),
      ...enrolmentCauseSchema.options.flatMap((cause) => [`enrolment:${cause}.title`, `enrolment:${cause}.lead`]),
      ...enrolmentSchema.options
        .map((option) => option.shape.state.value)
        .filter((state) => state !== 'enrolled')
        .map((state) => `enrolment:state.${state}`),
      ...stateReasonSchema.options.map((reason) => `outcome:${reason}`),
      ...waitingReasons.flatMap((reason) => [`queue:reason.${reason}.what`, `queue:reason.${reason}.do`]),
      ...QUEUE_FILTERS.flatMap((filter) => [`queue:filter.${filter}`, `queue:empty.${filter}`]),
      ...QUEUE_ACTIONS.flatMap((action) => [
        `queue:action.${action}`,
        `queue:confirm.${action}.title`,
        `queue:done.${action}`,
      ]),
      ...OBSTACLES.map((obstacle) => `queue:obstacle.${obstacle}`),
      ...queueActSchema.options.map((act) => `queue:act.${act}`),
      ...CENTRAL_LINKS.map((link) => `devices:central.link.${link}`),
      ...brokenLinkSchema.options.map((reason) => `devices:central.broken.${reason}`),
      ...diskTestSchema.options.flatMap(({ shape }) =>
        'reason' in shape ? shape.reason.options.map((reason) => `devices:disk.failed.${reason}`) : [],
      ),
      ...printerStatusSchema.options.map((status) => `devices:printer.status.${status}`),
      ...printOutcomeSchema.options.flatMap(({ shape }) => [
        ...['devices:printer.result', 'close-day:printed', 'reprint:done'].map((key) => `${key}.${shape.kind.value}`),
        ...('reason' in shape ? shape.reason.options.map((reason) => `devices:printer.trouble.${reason}`) : []),
      ]),
      ...DAY_STANDINGS.map((standing) => `close-day:standing.${standing}`),
      ...waitingReasons.map((reason) => `close-day:reason.${reason}`),
      ...WITHDRAWAL_REASONS.map((reason) => `queue:withdrawal.${reason}`),
      ...printOutcomeSchema.options.flatMap((option) =>
        'reason' in option.shape
          ? option.shape.reason.options.map((reason) => `wizard:print.${option.shape.kind.value}.${reason}`)
          : [`wizard:print.${option.shape.kind.value}`],
      ),
      ...[...UNAVAILABLE_REASONS, 'needs-central', 'other'].map((reason) => `unavailable:${reason}`),
      ...DISABLED_REASONS.flatMap((reason) => [`choice:${reason}`, `choice:${reason}-reason`]),
      ...PROCEDURE_AREAS.map((area) => `home:area.${area}`),
      ...PURPOSES.map((purpose) => `home:purpose.${purpose}`),
      ...TEXT_PROBLEMS.map((problem) => `typed:${problem}`),
      ...RULE_IDS.map((rule) => `rules:${rule}`),
      ...Object.entries(characteristicsSchema.shape).flatMap(([name, field]) => {
        const values = field.unwrap();
        return 'options' in values ? values.options.map((value) => `prices:characteristic.${name}.${value}`) : [];
      }),
      ...procedures.flatMap((procedure) => [
        `procedures:${procedure.id}.title`,
        `procedures:${procedure.id}.description`,
        `search:${procedure.id}`,
        ...procedure.steps.flatMap((step) =>
          step.kind === 'choose'
            ? ['short', 'heading', 'lead'].map((part) => `procedures:${procedure.id}.steps.${step.id}.${part}`)
            : [],
        ),
        ...questionsOf(procedure.steps).flatMap((question) => [
          `procedures:${procedure.id}.labels.${question.id}`,
          ...(question.kind === 'text' ? [`procedures:${procedure.id}.hints.${question.id}`] : []),
          ...optionsOf(procedure.steps, question.id, context, {}).flatMap(({ name, value }) =>
            name.kind === 'text' ? [`procedures:${procedure.id}.${question.id}.${value}`] : [],
          ),
        ]),
      ]),
    ];
    expect(expected.filter((key) => !japanese.has(key))).toEqual([]);
  });
});
