import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { textsOf } from './texts.ts';

export type Customer = 'taro' | 'hanako' | 'jiro' | 'saburo' | 'shiro' | 'goro' | 'rokuro' | 'yamada';

/** Where the browser host shows the terminal; Electron shows it by itself. */
interface Shown {
  readonly terminalUrl: string;
}

/** What a customer does at the screen, in the language that is on show. */
export class Kiosk {
  readonly t: ReturnType<typeof textsOf>;
  readonly page: Page;
  private readonly stack: Shown;
  readonly language: Language;

  constructor(page: Page, stack: Shown, language: Language = 'ja') {
    this.page = page;
    this.stack = stack;
    this.language = language;
    this.t = textsOf(language);
  }

  /** The address with its token sets the cookie; then the page is opened where the customer goes. */
  async open(hash = '#/'): Promise<void> {
    await this.page.goto(this.stack.terminalUrl);
    await this.page.goto(`${new URL(this.stack.terminalUrl).origin}/?lang=${this.language}${hash}`);
    // Until its script has run, the page shows a greeting that nobody can touch or have read out.
    await expect(this.page.locator('#root[inert]')).toHaveCount(0);
  }

  /** From the greeting to the sign-in. */
  async begin(): Promise<void> {
    // The header's own 日本語 stands on the screen before it too, while the terminal is being enrolled.
    await this.page.getByRole('button', { name: textsOf('ja')('greeting:start') }).click();
  }

  async signIn(customer: Customer, password = 'Counter2026'): Promise<void> {
    await this.page.getByLabel(this.t('sign-in:id'), { exact: true }).fill(`${customer}@example.jp`);
    await this.page.getByLabel(this.t('sign-in:password'), { exact: true }).fill(password);
    await this.press(this.t('sign-in:submit'));
  }

  async openSignedIn(customer: Customer, hash: string): Promise<void> {
    await this.open(hash);
    await this.signIn(customer);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** A card of the group; the name of a radio is all that its card says. */
  choice(name: string): Locator {
    return this.page.getByRole('radio', { name });
  }

  /** A press on the card, as a finger does: the radio itself is not to be seen. */
  async choose(name: string): Promise<void> {
    await this.page
      .locator('label')
      .filter({ has: this.choice(name) })
      .first()
      .click();
    await expect(this.choice(name).first()).toBeChecked();
  }

  async next(): Promise<void> {
    await this.press(this.t('next'));
  }

  async acceptTerms(): Promise<void> {
    const unopened = this.page.getByRole('main').getByRole('button', { name: this.t('wizard:terms.unopened') });
    // The documents come from the terminal; counted before they are there, none would be opened.
    await expect(unopened.first()).toBeVisible();
    for (let left = await unopened.count(); left > 0; left -= 1) {
      await unopened.first().click();
      await this.page
        .getByRole('dialog')
        .getByRole('button', { name: this.t('close') })
        .last()
        .click();
      await expect(unopened).toHaveCount(left - 1);
    }
    // What is read on the page itself is ticked one by one.
    for (const confirmation of await this.page.locator('.wizard-confirmations label').all()) await confirmation.click();
    await this.page
      .locator('label')
      .filter({ hasText: this.t('wizard:terms.accept') })
      .click();
    await expect(this.page.getByRole('checkbox').last()).toBeChecked();
  }

  async submit(): Promise<void> {
    await this.press(this.t('wizard:terms.submit'));
  }

  async receiptNumber(): Promise<string> {
    const number = this.page.getByText(/^T01-\d{6}-\d{4}-[0-9A-Z]$/);
    await expect(number).toBeVisible();
    return number.innerText();
  }

  /** From the first question of the plan to the terms. */
  async planToTerms(plan: string): Promise<void> {
    await this.choose(plan);
    await this.next();
    await expect(this.heading(this.t('wizard:review.title'))).toBeVisible();
    await this.next();
  }

  /** From the first question of the course change to the review. */
  async courseToReview(course: string): Promise<void> {
    await this.choose(course);
    await this.next();
    await expect(this.page.getByRole('radiogroup')).toHaveCount(2);
    await this.next();
    await expect(this.heading(this.t('wizard:review.title'))).toBeVisible();
  }
}
