import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create } from '@cantoo/fontkit';

/** One weight of Noto Sans JP, and which characters it has. */
export interface PdfFontFile {
  readonly bytes: Buffer;
  has(codePoint: number): boolean;
}

const WEIGHTS = { regular: '400Regular', bold: '700Bold' } as const;
export type PdfWeight = keyof typeof WEIGHTS;

const modules = createRequire(import.meta.url);

export async function readPdfFont(weight: PdfWeight): Promise<PdfFontFile> {
  const name = WEIGHTS[weight];
  const bytes = await readFile(modules.resolve(`@expo-google-fonts/noto-sans-jp/${name}/NotoSansJP_${name}.ttf`));
  const font = create(bytes);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('a font collection where a font should be');
  return { bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}
