import { describe, expect, it } from 'vitest';
import { realCatalog } from '../../tests/builders/demo.ts';
import { catalogFromTmf, offeringToTmf } from '../central-api/product-catalog.ts';
import { catalogSchema, type Offering } from './catalog.ts';

describe('the catalog', () => {
  it('holds the internet courses of p.71 and p.74 at their prices', () => {
    const listed = realCatalog.offerings.flatMap((one) =>
      one.type === 'internet-course' && one.sellable && one.list !== 'hikari'
        ? [[one.name.ja, one.monthlyYen, one.lineType]]
        : [],
    );
    expect(listed).toEqual([
      ['かっとびメガ160', 6_600, 'cable'],
      ['かっとびワイド', 5_060, 'cable'],
      ['かっとびプラス', 3_520, 'cable'],
      ['かっとびジャスト', 1_870, 'cable'],
      ['かっとびバリュー', 550, 'other'],
      ['かっとびFTTH フレッツ', 1_386, 'ftth'],
      ['かっとび光 ファミリー 1Gタイプ', 5_720, 'dedicated'],
      ['かっとび光 ファミリー 200Mタイプ', 5_720, 'dedicated'],
      ['かっとび光 ファミリー 100Mタイプ', 5_720, 'dedicated'],
      ['かっとび光 マンション 1Gタイプ', 4_180, 'dedicated'],
      ['かっとび光 マンション 200Mタイプ', 4_180, 'dedicated'],
      ['かっとび光 マンション 100Mタイプ', 4_180, 'building'],
    ]);
  });

  it('holds every other price of the manual', () => {
    const prices = (prefix: string, value: (one: Offering) => number | undefined = (one) => one.monthlyYen) =>
      Object.fromEntries(
        realCatalog.offerings
          .filter((one) => one.id.startsWith(prefix) && one.sellable && !one.sample)
          .map((one) => [one.id.slice(prefix.length), value(one)]),
      );
    expect(prices('tv.')).toEqual({
      ...{ 'max-bd': 9_680, 'max-hitpot': 8_690, 'alpha-ace-bd': 6_600, 'alpha-ace-hitpot': 5_610 },
      ...{ 'alpha-ace-stb': 4_620, 'big-bd': 7_260, 'big-hitpot': 6_270, 'big-stb': 5_280, 'mini-bd': 4_070 },
      ...{ 'mini-hitpot': 3_080, 'mini-stb': 2_090, 'standard-hitpot': 6_270, 'mini-plus-hitpot': 3_850 },
      ...{ 'standard-plus-hitpot': 7_040, 'max-plus-hitpot': 9_460, magazine: 275 },
    });
    expect(prices('tv-channel.')).toEqual({
      ...{ 'tbs-1': 660, 'tbs-2': 660, 'tbs-set': 1_100, 'tv-asahi-1': 660, toei: 1_650, 'eisei-gekijo': 2_200 },
      ...{ 'j-sports-4': 1_430, 'fuji-next': 1_320, 'fuji-one-two-next': 1_650, takarazuka: 2_970, mnet: 2_530 },
      ...{ green: 1_100, cnn: 2_200, kntv: 3_300, kbs: 770, 'cnn-club': 1_760, 'eisei-gekijo-club': 1_760 },
      ...{ 'toei-club': 1_320, 'wowow-plus-club': 616 },
    });
    expect(prices('home.')).toEqual({
      ...{ service: 3_608, gateway: 330, speaker: 0, light: 110, controller: 770, lock: 770, 'door-sensor': 220 },
      ...{ 'motion-sensor': 220, camera: 550 },
    });
    expect(prices('mobile.')).toEqual({
      'port-activation': 0,
      ...{ 'voice-0gb': 550, 'voice-3gb': 1_298, 'voice-6gb': 1_760, 'voice-10gb': 2_310, 'voice-20gb': 2_860 },
      ...{ 'data-3gb': 1_078, 'data-6gb': 1_540, 'data-10gb': 2_090, 'data-20gb': 2_640, 'call-10': 880 },
      ...{ 'call-120': 1_760, voicemail: 363, warranty: 418, filtering: 220, 'device-sense7': 2_090 },
      ...{
        'device-wish': 1_320,
        'device-fs030w': 1_100,
        'wish-olive': 1_320,
        'wish-ivory': 1_320,
        'wish-charcoal': 1_320,
        'contract-fee': 0,
        'volume-change-fee': 0,
      },
    });
    expect(prices('nhk.', (one) => (one.type === 'nhk' ? one.periodYen : undefined))).toEqual({
      ...{ '2-months': 4_040, '6-months': 11_515, '12-months': 22_340 },
    });
    const yen = (id: string) => realCatalog.offerings.find((one) => one.id === id);
    expect(yen('push.tv-push')).toMatchObject({ monthlyYen: 1_265, aloneYen: 1_045 });
    expect(yen('home.light')).toMatchObject({ purchaseYen: 3_960, purchaseSample: false });
    expect(yen('video.prime-box')).toMatchObject({ monthlyYen: 275 });
    expect(yen('mobile.contract-fee')).toMatchObject({ onceYen: 3_733 });
    expect(yen('mobile.volume-change-fee')).toMatchObject({ onceYen: 3_000 });
    expect(yen('security.norton')).toMatchObject({ monthlyYen: 627, devices: 3 });
  });

  it('comes back whole from the resources of TMF620', () => {
    const resources = realCatalog.offerings.map((one) =>
      offeringToTmf(one, '2026-11-25T00:00:00+09:00', (_kind, id) => `http://central.example/${id}`),
    );
    const back = catalogFromTmf(
      realCatalog.version,
      resources.map(({ offering }) => offering),
      resources.flatMap(({ prices }) => prices),
    );
    expect(back).toEqual({ ok: true, value: realCatalog });
  });

  type Spoil = (offerings: readonly Offering[]) => readonly unknown[];
  const priced =
    (id: string, monthlyYen: number): Spoil =>
    (offerings) =>
      offerings.map((one) => (one.id === id ? { ...one, monthlyYen } : one));

  it.each<[string, Spoil, string]>([
    ['an id that stands twice', (offerings) => [...offerings, offerings[0]], 'stands twice'],
    [
      'a part that is not in it',
      (offerings) => offerings.filter((one) => one.id !== 'tv.standard-hitpot'),
      'tv.standard-hitpot is not in the catalog',
    ],
    [
      'a discount that its net amounts do not make',
      priced('bundle.hikari-triple-2g', -4_434),
      'but its net discounts with tax make -4433',
    ],
    ['a price that is no whole yen', priced('internet.mega160', 6_600.5), 'Invalid input'],
  ])('is refused with %s', (_what, spoil, message) => {
    const result = catalogSchema.safeParse({ version: realCatalog.version, offerings: spoil(realCatalog.offerings) });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain(message);
  });
});
