import { expect, type Locator, type Page } from '@playwright/test';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { offeringById } from '../../shared/domain/catalog.ts';
import { countsOf, manyOf, waysOf } from '../../shared/procedures/answers.ts';
import type { Draft, Question } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { realCatalog } from '../builders/demo.ts';
import type { Customer, Kiosk } from './kiosk.ts';

/** What a customer does at one step before 次へ. */
export interface Answers {
  /** Cards of which one is taken, by what stands on them. */
  readonly choose?: readonly (string | RegExp)[];
  /** Cards of which any number is taken. */
  readonly tick?: readonly string[];
  /** So often is the key for one more pressed. */
  readonly more?: Readonly<Record<string, number>>;
  /** Key of the text that says why 次へ leads nowhere yet. */
  readonly refusedBy?: string;
}

export interface Applied {
  readonly title: string;
  readonly number: string;
}

/** Takes customers through procedures, one after the other, from the first question to the receipt number. */
export class ProcedureWalk {
  private readonly page: Page;
  private readonly kiosk: Kiosk;
  private readonly onApplied: (applied: Applied) => void;

  constructor(page: Page, kiosk: Kiosk, onApplied: (applied: Applied) => void) {
    this.page = page;

    this.kiosk = kiosk;
    this.onApplied = onApplied;
  }

  async signIn(customer: Customer): Promise<void> {
    await this.kiosk.openSignedIn(customer, '#/contracts');
    await expect(this.kiosk.heading(this.kiosk.t('contracts:title'))).toBeVisible();
  }

  /** By the address, as a link on the contracts does; the session stays. */
  async open(id: ProcedureId): Promise<void> {
    await this.page.goto(this.page.url().replace(/#.*/, `#/procedures/${id}`));
  }

  async apply(id: ProcedureId, steps: readonly Answers[]): Promise<void> {
    await this.open(id);
    for (const step of steps) await this.answer(step);
    await this.submit(id);
  }

  /** By the values of a draft, in whatever language is on show. @param look at each screen, once it is filled in */
  async applyAnswers(id: ProcedureId, answers: Draft, look: (screen: string) => Promise<void>): Promise<void> {
    await this.fillIn(id, answers, look);
    await this.submit(id);
    await look(`${id} result`);
  }

  /** As far as the review. */
  async fillIn(id: ProcedureId, answers: Draft, look: (screen: string) => Promise<void>): Promise<void> {
    await this.open(id);
    await this.fillSteps(id, answers, look);
    await expect(this.kiosk.heading(this.kiosk.t('wizard:review.title'))).toBeVisible();
    await look(`${id} review`);
  }

  /** As far as the identity check. */
  async reachIdentity(id: ProcedureId, answers: Draft): Promise<void> {
    const { kiosk } = this;
    await this.fillIn(id, answers, () => Promise.resolve());
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.next();
    await expect(kiosk.heading(kiosk.t('identity:title'))).toBeVisible();
  }

  /** As far as there are answers, from where the procedure stands. */
  async fillSteps(id: ProcedureId, answers: Draft, look: (screen: string) => Promise<void>): Promise<void> {
    const { kiosk } = this;
    const procedure = await loadProcedure(id);
    for (const step of procedure.steps) {
      if (step.kind !== 'choose') continue;
      const asked = step.questions.filter((question) => answers[question.id] !== undefined);
      if (asked.length === 0) continue;
      await expect(kiosk.heading(kiosk.t(`procedures:${id}.steps.${step.id}.heading`))).toBeVisible();
      for (const question of asked) await this.fill(id, question, answers[question.id] ?? '');
      await look(`${id} ${step.id}`);
      await kiosk.next();
    }
  }

  /** From the review to the receipt number, until central has carried it out. */
  private async submit(id: ProcedureId): Promise<void> {
    const { kiosk } = this;
    await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
    const submit = kiosk.button(kiosk.t('wizard:terms.submit'));
    if (!(await submit.isVisible())) {
      await kiosk.next();
      await kiosk.acceptTerms();
    }
    await submit.click();
    const number = await kiosk.receiptNumber();
    const main = this.page.getByRole('main');
    await expect(main).toContainText(kiosk.t('wizard:print.printed'));
    // Carried out while the next one is made, it would change the prices under the customer's eyes.
    await expect(main).toContainText(kiosk.t('wizard:result.completed.title'), { timeout: 20_000 });
    this.onApplied({ title: kiosk.t(`procedures:${id}.title`), number });
  }

  async leave(): Promise<void> {
    await this.kiosk.press(this.kiosk.t('finish'));
    await expect(this.page.getByRole('button', { name: '日本語' }).last()).toBeVisible();
  }

  private async fill(id: ProcedureId, question: Question, answer: string): Promise<void> {
    const { kiosk, page } = this;
    const group = (role: 'radiogroup' | 'group', name: string) => page.getByRole(role, { name, exact: true });
    const label = kiosk.t(`procedures:${id}.labels.${question.id}`);
    switch (question.kind) {
      case 'one':
        return this.touchValue(group('radiogroup', label), answer);
      case 'many':
        for (const value of manyOf(answer)) await this.touchValue(group('group', label), value);
        return;
      case 'text':
        return page.getByRole('textbox', { name: label, exact: true }).fill(answer);
      case 'counts':
        for (const [value, count] of countsOf(answer)) {
          const key = group('group', label).getByRole('button', {
            name: `${this.nameOf(value)} ${kiosk.t('choice:more')}`,
          });
          for (let pressed = 0; pressed < count; pressed += 1) await key.click();
        }
        return;
      case 'each':
        for (const [value, way] of waysOf(answer)) {
          await this.touchValue(group('radiogroup', this.nameOf(value)), way);
        }
        return;
      default:
        return cantHappen(question);
    }
  }

  private async touchValue(group: Locator, value: string): Promise<void> {
    const control = this.page.locator(`input[value="${value}"]`);
    await group.locator('label').filter({ has: control }).click();
    await expect(group.locator(control)).toBeChecked();
  }

  private nameOf(offeringId: string): string {
    return offeringById(realCatalog, offeringId).name[this.kiosk.language];
  }

  private async answer({ choose = [], tick = [], more = {}, refusedBy }: Answers): Promise<void> {
    const { kiosk, page } = this;
    for (const name of choose) await this.touch(page.getByRole('radio', { name }));
    for (const name of tick) await this.touch(page.getByRole('checkbox', { name }));
    for (const [name, times] of Object.entries(more)) {
      const key = kiosk.button(`${name} ${kiosk.t('choice:more')}`);
      for (let pressed = 0; pressed < times; pressed += 1) await key.click();
    }
    await kiosk.next();
    if (refusedBy !== undefined) await expect(page.getByText(kiosk.t(refusedBy))).toBeVisible();
  }

  /** A press on the card, as a finger does: the control itself is not to be seen. */
  private async touch(control: Locator): Promise<void> {
    await this.page.locator('label').filter({ has: control }).first().click();
    await expect(control.first()).toBeChecked();
  }
}
