import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Likeness, likeness, PERSON_FIELDS, type PersonField } from './same-person.ts';

const HERE = '横浜市青葉区見本町7-8-9';

describe('what an application and a document say of a person', () => {
  it.each<[PersonField, string, string, Likeness]>([
    ['name', '高橋次郎', '高橋　次郎', 'same'],
    ['name', 'TANAKA Taro', 'ｔａｎａｋａ　ｔａｒｏ', 'same'],
    ['name', 'ﾀﾅｶ ﾀﾛｳ', 'タナカ　タロウ', 'same'],
    ['name', 'SMITH-JONES ANN', 'Smith‐Jones Ann', 'same'],
    ['name', 'SMITH-JONES ANN', 'SMITH−JONES　ANN', 'same'],
    ['name', 'SMITH-JONES ANN', 'SMITHJONES ANN', 'other'],
    ['name', 'スミス-ジョーンズ', 'スミスージョーンズ', 'other'],
    ['name', '高橋次郎', '髙橋次郎', 'variant'],
    ['name', '山崎𠮷男', '山﨑 吉男', 'variant'],
    ['name', '渡邊', '渡邉', 'variant'],
    ['name', '葛󠄀城', '葛城', 'variant'],
    // Two names, not two forms of one.
    ['name', '斎藤', '斉藤', 'other'],
    ['name', '高橋次郎', '高橋治郎', 'other'],
    ['name', '高橋次郎', 'タカハシジロウ', 'other'],
    ['name', '高橋次郎', '', 'other'],
    ['address', HERE, '横浜市青葉区見本町７－８－９', 'same'],
    ['address', HERE, '横浜市青葉区見本町7丁目8番地9号', 'same'],
    ['address', HERE, '横浜市青葉区見本町七丁目8番地の9', 'same'],
    ['address', HERE, '横浜市青葉区 見本町7ー8ー9', 'same'],
    ['address', HERE, '横浜市青葉区見本町7丁目8番9', 'same'],
    ['address', '見本町二十三丁目十番一号', '見本町23-10-1', 'same'],
    ['address', '新宿区市ヶ谷見本町1', '新宿区市ケ谷見本町１', 'same'],
    ['address', '千代田区三番町5', '千代田区三番町五番', 'same'],
    // A flat, however it is written behind the house.
    ['address', '見本町1-2-3 101', '見本町1丁目2番3号101号室', 'same'],
    ['address', '見本町1-2-3-101', '見本町１－２－３　１０１', 'same'],
    ['address', '見本町1番の2', '見本町1-2', 'same'],
    ['address', '見本町1の2', '見本町１－２', 'same'],
    ['address', '見本町一丁目2の3', '見本町1-2-3', 'same'],
    ['address', '見本町1 の 2', '見本町12', 'other'],
    ['address', '見本町1-2 3の館', '見本町1-2 3館', 'other'],
    ['address', '見本町百二十番地', '見本町120', 'same'],
    ['address', '見本町一二三番地', '見本町123番地', 'same'],
    ['address', '見本町一二三番地', '見本町1番地', 'other'],
    // Where a number ends matters.
    ['address', '見本町1-2-3 12', '見本町1-2-31 2', 'other'],
    ['address', '見本町1-2 34', '見本町1-23 4', 'other'],
    ['address', '見本市高崎町1', '見本市髙﨑町1', 'variant'],
    ['address', HERE, '横浜市青葉区見本町7-8-10', 'other'],
    ['address', HERE, '横浜市青葉区見本町78-9', 'other'],
    ['address', `${HERE} タワー2号棟101`, '横浜市青葉区見本町７−８−９タワー２号棟１０１', 'same'],
    // A long vowel of a building's name is no dash.
    ['address', `${HERE} タワー2号棟101`, `${HERE} タワ2号棟101`, 'other'],
  ])('%s: %s and %s: %s', (field, one, other, expected) => {
    expect(likeness(field, one, other)).toBe(expected);
    expect(likeness(field, other, one)).toBe(expected);
  });

  it.each([
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['1989-01-08', 'H010108'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和1年5月1日'],
    ['2019-05-01', '２０１９．５．１'],
  ])('the day %s is %s', (day, written) => {
    expect(likeness('bornOn', day, written)).toBe('same');
  });

  it.each([
    // The day after an era's last was none of it, and the day before its first neither.
    ['1989-01-08', '昭和64年1月8日'],
    ['1989-01-07', '平成元年1月7日'],
    ['2019-05-01', '平成31年5月1日'],
    ['2019-04-30', '令和元年4月30日'],
    ['1990-04-01', '昭和2年4月1日'],
    ['1990-04-01', ''],
    ['', ''],
  ])('the day %s is not %s', (day, written) => {
    expect(likeness('bornOn', day, written)).toBe('other');
  });

  it('never depends on which source says it, and takes everybody for themselves', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('高髙橋一二十丁目番地号1ー-7 ヶ')) }),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom(...PERSON_FIELDS), (one, other, field) => {
        expect(likeness(field, one, other)).toBe(likeness(field, other, one));
        if (field !== 'bornOn') expect(likeness(field, one, one)).toBe('same');
      }),
    );
  });

  it('takes no two rows of numbers for one place, whatever stands between the numbers', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 1_999 }), { minLength: 1, maxLength: 4 });
    const between = fc.constantFrom('-', ' ', '－', '番', '丁目', '番地の', 'の', 'ー');
    fc.assert(
      fc.property(numbers, numbers, between, between, (one, other, dash, otherDash) => {
        const expected = one.join() === other.join() ? 'same' : 'other';
        expect(likeness('address', `見本町${one.join(dash)}`, `見本町${other.join(otherDash)}`)).toBe(expected);
        expect(likeness('address', `見本町${one.join(dash)}`, `見本町${one.join(otherDash)}`)).toBe('same');
      }),
    );
  });
});
