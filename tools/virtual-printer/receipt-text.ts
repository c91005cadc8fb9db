import type { Glyph, Printed } from './paper.ts';

/**
 * The receipt as text, as far as the bytes are text: what was drawn can only be told by its size, `[image 576x34]`.
 * White on black stands in `[reversed]…[/reversed]`, underlined text in `[underline]…[/underline]`.
 */
export function receiptText(printed: readonly Printed[], columns: number): string {
  const lines = printed.flatMap((part) => {
    switch (part.kind) {
      case 'text':
        return [aligned(marked(part.glyphs), widthOf(part.glyphs), part.align, columns)];
      case 'image':
        return [`[image ${part.width}x${part.height}]`];
      case 'qr':
        return [`[QR ${part.payload.toString('utf8')}]`];
      case 'feed':
        return part.dots >= 24 ? [''] : [];
    }
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

const widthOf = (glyphs: readonly Glyph[]): number =>
  glyphs.reduce((sum, each) => sum + each.columns * each.widthFactor, 0);

function aligned(text: string, width: number, align: 'left' | 'centre' | 'right', columns: number): string {
  const free = Math.max(0, columns - width);
  const indent = align === 'left' ? 0 : align === 'centre' ? Math.floor(free / 2) : free;
  return (' '.repeat(indent) + text).trimEnd();
}

function marked(glyphs: readonly Glyph[]): string {
  let text = '';
  for (const [at, glyph] of glyphs.entries()) {
    const [before, after] = [glyphs[at - 1], glyphs[at + 1]];
    if (glyph.reversed && before?.reversed !== true) text += '[reversed]';
    if (glyph.underline > 0 && (before?.underline ?? 0) === 0) text += '[underline]';
    text += glyph.text;
    if (glyph.underline > 0 && (after?.underline ?? 0) === 0) text += '[/underline]';
    if (glyph.reversed && after?.reversed !== true) text += '[/reversed]';
  }
  return text;
}
