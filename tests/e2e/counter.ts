import { expect, type Page } from '@playwright/test';
import type { Kiosk } from './kiosk.ts';

/** What staff do at their terminal, by the keyboard where they would. */
export class Counter {
  readonly kiosk: Kiosk;
  private readonly page: Page;

  constructor(page: Page, kiosk: Kiosk) {
    this.page = page;
    this.kiosk = kiosk;
  }

  async signIn(number = '1001', pin = '248163'): Promise<void> {
    await this.page.getByLabel(this.kiosk.t('staff:number')).fill(number);
    await this.page.getByLabel(this.kiosk.t('staff:pin'), { exact: true }).fill(pin);
    await this.page.keyboard.press('Enter');
  }

  async unlock(pin = '248163'): Promise<void> {
    await this.page.getByLabel(this.kiosk.t('staff:pin'), { exact: true }).fill(pin);
    await this.page.keyboard.press('Enter');
  }

  async find(field: 'number' | 'phone' | 'kana' | 'device', value: string): Promise<void> {
    await this.kiosk.choose(this.kiosk.t(`staff:search.field.${field}`));
    await this.page.getByRole('textbox').fill(value);
    await this.page.keyboard.press('Enter');
  }

  async openCustomer(method = 'drivers-licence'): Promise<void> {
    await this.kiosk.choose(this.kiosk.t(`staff:identity.method.${method}`));
    await this.kiosk.press(this.kiosk.t('staff:customer.open'));
  }
}

export async function atDesk(page: Page, kiosk: Kiosk): Promise<Counter> {
  const counter = new Counter(page, kiosk);
  await kiosk.open('#/staff');
  await counter.signIn();
  await expect(kiosk.heading(kiosk.t('staff:desk.title'))).toBeVisible();
  return counter;
}
