import { describe, expect, it } from 'vitest';
import { checkBrandColour } from './brand-colour.ts';

describe('the brand colour', () => {
  it('may be dark enough to be read', () => {
    expect(checkBrandColour('#0a6650')).toEqual({ ok: true, value: undefined });
  });

  it('is refused with its contrast when too pale to read on white', () => {
    expect(checkBrandColour('#ffcc00')).toMatchObject({ ok: false, error: { code: 'brand-contrast-low' } });
  });

  it('is refused when readable on white but not on its own tint', () => {
    // 4.54 : 1 on white, less on the tint.
    expect(checkBrandColour('#767676')).toMatchObject({ ok: false, error: { code: 'brand-contrast-low' } });
  });

  it('is refused when it is not #rrggbb', () => {
    expect(checkBrandColour('green')).toEqual({
      ok: false,
      error: { code: 'brand-colour-malformed', colour: 'green' },
    });
  });
});
