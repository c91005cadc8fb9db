import { describe, expect, it } from 'vitest';
import catalogData from '../../resources/catalog/catalog.json';
import { catalogSchema } from '../../shared/domain/catalog.ts';
import type { Contract } from '../../shared/domain/contract.ts';
import type { ReceiptOutcome } from '../../shared/contract/events.ts';
import { internetChangeCourse } from '../../shared/procedures/internet/change-course.ts';
import { homeAddDevices } from '../../shared/procedures/home/add-devices.ts';
import { phoneApply } from '../../shared/procedures/phone/apply.ts';
import type { ProcedureContext } from '../../shared/procedures/procedure.ts';
import { tvOptions } from '../../shared/procedures/tv/options.ts';
import {
  canSubmit,
  hasAnswers,
  isBegun,
  isUnderWay,
  quoteOf,
  resumeAnswers,
  resumeWizard,
  startWizard,
  stepWizard,
  type WizardEvent,
  type WizardState,
} from './wizard-state.ts';

const catalog = catalogSchema.parse(catalogData);
const course: Contract = {
  id: 'net',
  offeringId: 'internet.just',
  name: 'かっとびジャスト',
  group: 'internet',
  status: 'active',
  monthlyYen: 1_870,
  startedOn: '2024-01-01',
  term: null,
  provision: null,
  feeFrom: null,
  changePending: false,
};
const context: ProcedureContext = {
  catalog,
  facts: {
    kind: 'known',
    customer: {
      number: '1000000003',
      name: '見本 次郎',
      kana: 'ミホンジロウ',
      dwelling: 'house',
      contactEmail: null,
    },
    contracts: [course],
  },
  today: '2026-11-24',
  reachesAt: Date.parse('2026-11-24T12:00:00+09:00'),
};
const applicationId = '01936f3e-0000-7000-8000-000000000001';
const outcome: ReceiptOutcome = {
  applicationId,
  procedureId: 'internet.change-course',
  receiptNumber: 'T01-261124-0001-X',
  state: 'accepted',
  reason: null,
  progress: null,
};
const opened = internetChangeCourse.terms.map(
  (id) => ({ type: 'opened', document: { id, version: '2026-11-01' } }) as const,
);
const chosen: readonly WizardEvent[] = [
  { type: 'answered', question: 'course', value: 'internet.wide' },
  { type: 'next' },
  { type: 'next' },
];
const agreed: readonly WizardEvent[] = [...chosen, { type: 'next' }, ...opened, { type: 'accepted', isAccepted: true }];

function after(
  events: readonly WizardEvent[],
  from = startWizard(internetChangeCourse, applicationId),
  now = context,
): WizardState {
  return events.reduce((state, event) => stepWizard(internetChangeCourse, now, state, event), from);
}

/** The same offers under another catalog version, with that course for so much, or without it. */
function contextWith(offeringId: string, monthlyYen: number | null): ProcedureContext {
  const offerings = catalog.offerings.flatMap((one) => {
    if (one.id !== offeringId) return [one];
    return monthlyYen === null ? [] : [{ ...one, monthlyYen }];
  });
  return { ...context, catalog: { ...catalog, version: '2026-12-01.1', offerings } };
}

it('takes over no answer to a question that the procedure has no longer', () => {
  const { draft } = resumeAnswers(internetChangeCourse, applicationId, { course: 'internet.wide', gone: 'x' });
  expect(draft).toEqual({ ...startWizard(internetChangeCourse, applicationId).draft, course: 'internet.wide' });
});

describe('the wizard', () => {
  it('starts at the first question with what is chosen already', () => {
    expect(after([])).toMatchObject({
      position: { kind: 'step', at: 0 },
      draft: { modem: 'unchanged', provision: 'unchanged' },
    });
  });

  it('points out a missing answer and stays', () => {
    expect(after([{ type: 'next' }])).toMatchObject({ position: { kind: 'step', at: 0 }, isChecked: true });
  });

  it('goes on over every step and keeps the entries on the way back', () => {
    const review = after(chosen);
    expect(review.position).toEqual({ kind: 'step', at: 2 });
    expect(quoteOf(internetChangeCourse, context, review)).toMatchObject({ kind: 'total', newTotalYen: 5_060 });
    const back = after([{ type: 'back' }, { type: 'back' }, { type: 'back' }], review);
    expect(back.position).toEqual({ kind: 'step', at: 0 });
    expect(back.draft).toEqual(review.draft);
  });

  it('takes no acceptance before every document was opened', () => {
    const [first = { type: 'next' }, ...others] = opened;
    const terms = after([...chosen, { type: 'next' }, first, { type: 'accepted', isAccepted: true }]);
    expect(terms.isAccepted).toBe(false);
    expect(
      canSubmit(internetChangeCourse, context, after([...others, { type: 'accepted', isAccepted: true }], terms)),
    ).toBe(true);
  });

  it('submits once: a second tap changes nothing', () => {
    const submitting = after([...agreed, { type: 'submit' }]);
    expect(submitting.position).toMatchObject({ kind: 'submitting', from: 3 });
    expect(after([{ type: 'submit' }], submitting)).toBe(submitting);
    expect(after([{ type: 'back' }], submitting)).toBe(submitting);
  });

  it('says with the result what was agreed to, whatever is offered since', () => {
    const state = after([...agreed, { type: 'submit' }]);
    const result = after([{ type: 'submitted', outcome }], state, contextWith('internet.wide', null));
    const quote = quoteOf(internetChangeCourse, context, state);
    expect(quote).toMatchObject({ newTotalYen: 5_060 });
    expect(result.position).toEqual({ kind: 'result', outcome, applied: { context, quote } });
  });

  it('asks for acceptance anew when an answer changes, and keeps what was read', () => {
    const changed = after([...agreed, { type: 'answered', question: 'course', value: 'internet.plus' }]);
    expect(changed.isAccepted).toBe(false);
    expect(Object.keys(changed.opened)).toHaveLength(internetChangeCourse.terms.length);
  });

  it('shows the price that the backend computes and asks again, under the same application id', () => {
    const submitting = after([...agreed, { type: 'submit' }]);
    const shown = quoteOf(internetChangeCourse, context, submitting);
    if (shown?.kind !== 'total') throw new Error('the course change has a total here');
    const quote = { ...shown, newTotalYen: 9_999 };
    const again = after([{ type: 'quote-changed', quote }], submitting);
    expect(again).toMatchObject({
      applicationId,
      position: { kind: 'step', at: 2 },
      problem: { kind: 'quote-changed' },
      isAccepted: false,
    });
    expect(quoteOf(internetChangeCourse, context, again)).toBe(quote);
    const other = after([{ type: 'answered', question: 'course', value: 'internet.plus' }], again);
    expect(quoteOf(internetChangeCourse, context, other)).toMatchObject({ newTotalYen: 3_520 });
  });

  it.each(['disk-full', 'not-ready', 'link-lost'] as const)(
    'returns to the terms after %s, ready to try again',
    (kind) => {
      const refused = after([...agreed, { type: 'submit' }, { type: 'refused', problem: { kind } }]);
      expect(refused).toMatchObject({ applicationId, position: { kind: 'step', at: 3 }, problem: { kind } });
      expect(canSubmit(internetChangeCourse, context, refused)).toBe(true);
    },
  );

  it('asks anew for the agreement when a further document came to be due', () => {
    const again = after([...agreed, ...opened.slice(0, 1)]);
    expect(canSubmit(internetChangeCourse, context, again)).toBe(true);
    const further = { type: 'opened', document: { id: 'hikari-tv', version: '2026-11-01' } } as const;
    expect(after([...agreed, further]).isAccepted).toBe(false);
  });

  it.each(['identity-missing', 'captures-missing'] as const)(
    'has staff look at the document again after %s',
    (kind) => {
      const identified = { kind: 'staff', name: '窓口 花子' } as const;
      const submitting = {
        ...after([...agreed, { type: 'submit' }]),
        identifiedBy: identified,
        captures: ['0'.repeat(64)],
      };
      const refused = after([{ type: 'refused', problem: { kind } }], submitting);
      expect(refused).toMatchObject({ identifiedBy: null, captures: [], problem: { kind } });
    },
  );

  it('has the documents opened again when they changed', () => {
    const refused = after([...agreed, { type: 'submit' }, { type: 'refused', problem: { kind: 'terms-incomplete' } }]);
    expect(refused).toMatchObject({ position: { kind: 'step', at: 3 }, opened: {}, isAccepted: false });
  });

  it('names the answers that are no longer offered', () => {
    const submitting = {
      ...after([...agreed, { type: 'submit' }]),
      draft: { course: 'internet.gone', modem: 'unchanged', provision: 'unchanged' },
    };
    const refused = after([{ type: 'refused', problem: { kind: 'invalid-answers' } }], submitting);
    expect(refused).toMatchObject({ position: { kind: 'step', at: 0 }, dropped: ['course'] });
    expect(refused.draft).toEqual({ modem: 'unchanged', provision: 'unchanged' });
  });

  it('says why it is not available when the backend knows better', () => {
    const state = after([...agreed, { type: 'submit' }, { type: 'not-available', reason: 'change-pending' }]);
    expect(state.position).toEqual({ kind: 'unavailable', reason: 'change-pending' });
  });
});

describe('a catalog that changes under the customer’s eyes', () => {
  const review = { kind: 'step', at: 2 };

  it.each([
    { where: 'the review', events: chosen },
    { where: 'the accepted terms', events: agreed },
  ])('leads from $where to the review with the new price, to be accepted anew', ({ events }) => {
    const dearer = contextWith('internet.wide', 5_500);
    const state = after([{ type: 'context-changed' }], after(events), dearer);
    expect(state).toMatchObject({ position: review, problem: { kind: 'quote-changed' }, isAccepted: false });
    expect(quoteOf(internetChangeCourse, dearer, state)).toMatchObject({ newTotalYen: 5_500 });
    const terms = after([{ type: 'next' }, ...opened, { type: 'accepted', isAccepted: true }], state, dearer);
    expect(terms.problem).toBeNull();
    expect(canSubmit(internetChangeCourse, dearer, terms)).toBe(true);
  });

  it('says nothing while the price of what was chosen stays', () => {
    const state = after(agreed);
    expect(after([{ type: 'context-changed' }], state, contextWith('internet.plus', 9_000))).toBe(state);
  });

  it('says nothing before the review, where the price is only looked at', () => {
    const state = after([{ type: 'answered', question: 'course', value: 'internet.wide' }]);
    expect(after([{ type: 'context-changed' }], state, contextWith('internet.wide', 9_000))).toBe(state);
  });

  it('asks again for a course that is no longer offered', () => {
    const state = after([{ type: 'context-changed' }], after(agreed), contextWith('internet.wide', null));
    expect(state).toMatchObject({ position: { kind: 'step', at: 0 }, problem: { kind: 'invalid-answers' } });
  });

  it('never takes what is on its way back', () => {
    const state = after([...agreed, { type: 'submit' }]);
    expect(after([{ type: 'context-changed' }], state, contextWith('internet.wide', 9_000))).toBe(state);
  });
});

describe('a wizard that was left while it submitted', () => {
  const submitting = after([...agreed, { type: 'submit' }]);

  it('shows the result when the application is among the session’s', () => {
    const applied = { context, quote: submitting.reviewed };
    expect(resumeWizard(submitting, [outcome])?.position).toEqual({ kind: 'result', outcome, applied });
  });

  it('else submits the same application again', () => {
    expect(resumeWizard(submitting, [])).toMatchObject({
      applicationId,
      position: { kind: 'step', at: 3 },
      problem: { kind: 'link-lost' },
    });
  });
});

describe('what is under way', () => {
  const untouched = startWizard(tvOptions, applicationId);
  const at = (position: WizardState['position']): WizardState => ({ ...untouched, position });

  it('has an answer, or has gone on without one; what came to its end is over', () => {
    for (const procedure of [internetChangeCourse, tvOptions, phoneApply]) {
      const fresh = startWizard(procedure, applicationId);
      expect(isBegun(procedure, fresh)).toBe(false);
      expect(isUnderWay(procedure, fresh)).toBe(false);
      expect(hasAnswers(procedure, fresh.draft)).toBe(false);
    }
    const { draft } = resumeAnswers(internetChangeCourse, applicationId, { course: 'internet.plus' });
    const answered = { ...startWizard(internetChangeCourse, applicationId), draft };
    expect(hasAnswers(internetChangeCourse, draft)).toBe(true);
    expect(isUnderWay(internetChangeCourse, answered)).toBe(true);
    // Whoever chose nothing on the first page, and went on.
    expect(isUnderWay(tvOptions, at({ kind: 'step', at: 1 }))).toBe(true);
    const quote = quoteOf(internetChangeCourse, context, answered);
    if (quote === null) throw new Error('the course change has a price here');
    const applied = { context, quote };
    expect(isUnderWay(tvOptions, at({ kind: 'submitting', from: 1, applied }))).toBe(true);
    for (const over of [at({ kind: 'result', outcome, applied }), at({ kind: 'unavailable', reason: 'other' })]) {
      expect(isUnderWay(tvOptions, over)).toBe(false);
      expect(isBegun(tvOptions, over)).toBe(true);
    }
  });
});

describe('変更 on the review', () => {
  it('leads to the step of that line and straight back', () => {
    const revising = after([...chosen, { type: 'revise', question: 'course' }]);
    expect(revising.position).toEqual({ kind: 'step', at: 0 });
    const back = after([{ type: 'answered', question: 'course', value: 'internet.plus' }, { type: 'next' }], revising);
    expect(back).toMatchObject({ position: { kind: 'step', at: 2 }, isRevising: false });
    expect(back.reviewed).toMatchObject({ kind: 'total', newTotalYen: 3_520 });
  });
});

describe('a procedure', () => {
  const nobody: ProcedureContext = { ...context, facts: { kind: 'unknown', customerNumber: '1000000003' } };

  it('without questions begins with its review', () => {
    const shown = stepWizard(phoneApply, nobody, startWizard(phoneApply, applicationId), { type: 'context-changed' });
    expect(shown.problem).toBeNull();
    expect(stepWizard(phoneApply, nobody, shown, { type: 'next' }).position).toEqual({ kind: 'step', at: 1 });
  });

  it('without terms is submitted from its review', () => {
    const events: WizardEvent[] = [{ type: 'answered', question: 'rented', value: 'home.lock=2' }, { type: 'next' }];
    const review = events.reduce(
      (state, event) => stepWizard(homeAddDevices, nobody, state, event),
      startWizard(homeAddDevices, applicationId),
    );
    expect(canSubmit(homeAddDevices, nobody, review)).toBe(true);
    expect(stepWizard(homeAddDevices, nobody, review, { type: 'submit' }).position).toMatchObject({
      kind: 'submitting',
      from: 1,
    });
  });

  it('passes over a step that need not be asked, on the way there and back', () => {
    const step = (state: WizardState, event: WizardEvent) => stepWizard(tvOptions, withChannels, state, event);
    const withChannels: ProcedureContext = {
      ...context,
      facts: {
        ...{ kind: 'known', customer: customerOf(context) },
        contracts: [{ ...course, id: 'tbs', offeringId: 'tv-channel.tbs-1', group: 'tv', monthlyYen: 660 }],
      },
    };
    const start = startWizard(tvOptions, applicationId);
    const review = step(step(start, { type: 'answered', question: 'end', value: 'tbs' }), { type: 'next' });
    expect(review.position).toEqual({ kind: 'step', at: 2 });
    expect(step(review, { type: 'back' }).position).toEqual({ kind: 'step', at: 0 });
    const adding = step(step(start, { type: 'answered', question: 'channels', value: 'tv-channel.kbs' }), {
      type: 'next',
    });
    expect(adding.position).toEqual({ kind: 'step', at: 1 });
  });

  function customerOf({ facts }: ProcedureContext) {
    if (facts.kind !== 'known') throw new Error('the customer is known');
    return facts.customer;
  }
});
