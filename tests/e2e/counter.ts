import { expect, type Page } from '@playwright/test';
import { SIM_ONLY_LINE } from '../builders/mobile-lines.ts';
import type { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

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

/** Staff enter a mobile line and hand the screen over, and the customer goes on as far as the identity check. */
export async function mobileLineAtDesk(page: Page, kiosk: Kiosk): Promise<Counter> {
  const { t } = kiosk;
  const counter = await atDesk(page, kiosk);
  await counter.find('number', '1000000003');
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.open('mobile.apply');
  await walk.fillSteps('mobile.apply', SIM_ONLY_LINE, () => Promise.resolve());
  await kiosk.press(t('staff:hand-over.submit'));
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.next();
  return counter;
}
