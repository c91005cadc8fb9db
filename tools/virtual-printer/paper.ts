/** What lies on the paper, top to bottom, since the last cut. */
export interface Glyph {
  readonly text: string;
  /** 1 = half width, 2 = full width, before enlarging. */
  readonly columns: 1 | 2;
  readonly widthFactor: number;
  readonly heightFactor: number;
  readonly bold: boolean;
  /** Dots; 0 = none. */
  readonly underline: number;
  readonly reversed: boolean;
}
export type Align = 'left' | 'centre' | 'right';

export type Printed =
  | { readonly kind: 'text'; readonly glyphs: readonly Glyph[]; readonly align: Align; readonly dots: number }
  | {
      readonly kind: 'image';
      readonly width: number;
      readonly height: number;
      readonly bits: Buffer;
      readonly align: Align;
    }
  | {
      readonly kind: 'qr';
      readonly payload: Buffer;
      readonly moduleDots: number;
      readonly level: 'L' | 'M' | 'Q' | 'H';
      readonly align: Align;
    }
  | { readonly kind: 'feed'; readonly dots: number };

export interface Receipt {
  /** Of the file, from 1. */
  readonly number: number;
  readonly text: string;
  readonly printed: readonly Printed[];
  /** Every byte of it as it came, status requests left out. */
  readonly bytes: Buffer;
}
