import { allOrdersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { type Applied, ProcedureWalk } from './procedure-walk.ts';

/** Each through its real screens, on one stack; what central booked is looked at once all are through. */
test('every service of the counter is applied for, and central has the orders', async ({ page, stack }) => {
  test.setTimeout(240_000);
  const kiosk = new Kiosk(page, stack);
  const applied: Applied[] = [];
  const walk = new ProcedureWalk(page, kiosk, (one) => applied.push(one));

  await walk.signIn('goro');
  await walk.apply('internet.apply', [
    { choose: ['かっとびメガ160'] },
    { choose: [/^ケーブルモデム(?!\()/, 'レンタル'] },
  ]);
  await walk.apply('phone.apply', []);
  await walk.apply('home.apply', [
    { choose: ['レンタル'] },
    { more: { スマートスピーカー: 1 }, refusedBy: 'rules:speaker-needs-controller' },
    { more: { 家電コントローラー: 1, 'ドア・窓センサー': 3 } },
  ]);
  await walk.apply('push.apply', [{ choose: ['購入'] }]);
  await walk.leave();

  await walk.signIn('jiro');
  await walk.apply('internet.change-ip-type', [{ choose: ['グローバルIPアドレス'] }]);
  await walk.apply('tv.options', [{ tick: ['テレ朝チャンネル1', 'KBS World HD'] }, { choose: ['翌月開始'] }]);
  await walk.apply('tv.magazine', [{ choose: ['購読する'] }]);
  await walk.apply('tv.change-course', [{ choose: ['マックス(BD-HitPot)'] }, {}]);
  await walk.apply('nhk.apply', [{ choose: ['6ヶ月前払い'] }]);
  await walk.leave();

  await walk.signIn('shiro');
  await walk.apply('internet.apply-other', [{ choose: ['かっとびFTTH フレッツ'] }]);
  await walk.apply('tv.apply', [
    { choose: ['スタンダードplus(HitPot)'] },
    { choose: ['申込まない'], tick: ['TBSチャンネル1・2セット'] },
  ]);
  await walk.apply('energy.apply', [{ tick: ['東急でんき&ガス ガス'] }, { choose: ['一般プラン'] }]);
  await walk.leave();

  await walk.signIn('taro');
  await walk.apply('internet.change-other', [{ choose: ['ファミリー 1Gタイプ'] }]);
  await walk.apply('tv.swap-box', [{ choose: ['アルファエース(STB)'] }]);
  await walk.leave();

  await walk.signIn('hanako');
  await walk.open('internet.apply');
  await expect(page.getByRole('main')).toContainText(kiosk.t('unavailable:nothing-at-address'));
  await walk.apply('video.apply-box', []);

  const booked = await allOrdersAtCentral(stack);
  expect(booked.map(({ application }) => application?.receiptNumber).toSorted()).toEqual(
    applied.map(({ number }) => number).toSorted(),
  );
  const items = Object.fromEntries(
    booked.map(({ application, productOrderItem }) => [
      application?.procedureId ?? '',
      productOrderItem.map(({ action, productOffering }) => `${action} ${productOffering?.id ?? ''}`),
    ]),
  );
  expect(items).toEqual({
    'internet.apply': ['add internet.mega160', 'add modem.standard'],
    'phone.apply': ['add phone.cable-plus'],
    'home.apply': [
      ...['add home.service', 'add home.gateway', 'add home.speaker', 'add home.controller'],
      ...['add home.door-sensor', 'add home.door-sensor', 'add home.door-sensor'],
    ],
    'push.apply': ['add push.tv-push'],
    'internet.change-ip-type': ['modify internet.just'],
    'tv.options': ['delete tv-channel.tv-asahi-1', 'add tv-channel.kbs'],
    'tv.magazine': ['add tv.magazine'],
    // The guide is part of the new course: its fee falls away.
    'tv.change-course': ['modify tv.max-bd', 'modify tv.magazine'],
    'nhk.apply': ['add nhk.6-months'],
    'internet.apply-other': ['add internet.ftth-flets', 'add discount.denki-guttowari'],
    'tv.apply': ['add tv.standard-plus-hitpot', 'add tv-channel.tbs-set'],
    'energy.apply': ['add energy.gas'],
    'internet.change-other': ['modify internet.hikari-family-1g'],
    'tv.swap-box': ['modify tv.alpha-ace-stb'],
    'video.apply-box': ['add video.prime-box'],
  });
  const slips = await stack.receipts();
  for (const { title, number } of applied) {
    const slip = slips.find(({ text }) => text.includes(number));
    expect(slip?.text, title).toContain(title);
  }
});
