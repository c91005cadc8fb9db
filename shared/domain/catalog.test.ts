import { describe, expect, it } from 'vitest';
import { realCatalog } from '../../tests/builders/demo.ts';
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
