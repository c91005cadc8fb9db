import { expect, type Page } from '@playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { textsOf } from './texts.ts';

/** A manager at central's own pages, in another browser window. */
export class ManagersPage {
  readonly page: Page;
  private readonly url: string;
  private readonly t: ReturnType<typeof textsOf>;
  constructor(page: Page, url: string, language: Language = 'ja') {
    this.page = page;
    this.url = url;
    this.t = textsOf(language);
  }

  async signIn(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    await this.page.getByLabel(this.t('shop:sign-in.number')).fill('9001');
    await this.page.getByLabel(this.t('shop:sign-in.pin')).fill('735192');
    await this.press('shop:sign-in.submit');
  }

  async revoke(code: string): Promise<void> {
    await this.page.getByRole('link', { name: this.t('shop:terminals.revoke', { code }) }).click();
    await this.press('shop:revocation.confirm');
    await expect(this.page.getByText(this.t('shop:revocation.done', { code }))).toBeVisible();
  }

  async approve(shown: string): Promise<void> {
    await this.page.getByRole('link', { name: this.t('shop:nav.enrolment') }).click();
    await this.page.getByLabel(this.t('shop:enrolment.code')).fill(shown);
    await this.press('shop:enrolment.find');
    await expect(this.page.getByText(shown, { exact: true })).toBeVisible();
    await this.press('shop:enrolment.approve');
  }

  private press(key: string): Promise<void> {
    return this.page.getByRole('button', { name: this.t(key), exact: true }).click();
  }
}

/** What a terminal that waits for its manager shows. */
export const codeOn = (page: Page) => page.getByText(/^[B-Z]{4}-[B-Z]{4}$/);
