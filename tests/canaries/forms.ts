import iconv from 'iconv-lite';

/** Something planted, and what it would look like wherever it may have been written. */
export interface Needle {
  readonly name: string;
  readonly form: string;
  readonly bytes: Buffer;
  /** So short that chance writes it within something longer: it counts between other characters only. */
  readonly isCommon: boolean;
}

const SHORT_TEXT = 8;
const SHORT_BASE64 = 6;

/** @param names what was planted, by what it is */
export function needlesOf(planted: Readonly<Record<string, string>>): Needle[] {
  return Object.entries(planted).flatMap(([name, text]) =>
    [...formsOf(text)].map(([form, bytes]) => ({ name, form, bytes, isCommon: isCommon(form, bytes) })),
  );
}

/** What is no text, such as a stretch of a picture. */
export function needlesOfBytes(name: string, bytes: Buffer): Needle[] {
  return [...new Map([['as it is', bytes], ...encodedFormsOf(bytes)])].map(([form, written]) => ({
    ...{ name, form, bytes: written, isCommon: false },
  }));
}

/** Letters and digits stand in hashes and numbers, and base64 always stands within more of it. */
function isCommon(form: string, bytes: Buffer): boolean {
  if (form.startsWith('base64')) return bytes.length < SHORT_BASE64;
  return bytes.length <= SHORT_TEXT && /^[0-9A-Za-z]+$/.test(bytes.toString('latin1'));
}

function formsOf(text: string): Map<string, Buffer> {
  const utf8 = Buffer.from(text);
  const forms: [string, Buffer][] = [
    ['as it is', utf8],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(text, 'utf16le').swap16()],
    ['Shift_JIS', iconv.encode(text, 'cp932')],
    ['EUC-JP', iconv.encode(text, 'eucjp')],
    ['URL', Buffer.from(encodeURIComponent(text))],
    ['JSON', Buffer.from(escaped(text))],
    ...encodedFormsOf(utf8),
  ];
  // Of forms that are the same bytes, the first.
  const byContent = new Map(forms.reverse().map((form) => [form[1].toString('latin1'), form]));
  return new Map([...byContent.values()].reverse());
}

function encodedFormsOf(bytes: Buffer): [string, Buffer][] {
  const hex = bytes.toString('hex');
  return [
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ...[0, 1, 2].flatMap((before): [string, Buffer][] => {
      const inside = base64Inside(bytes, before);
      return [
        [`base64, ${before} before`, Buffer.from(inside)],
        [`base64url, ${before} before`, Buffer.from(inside.replaceAll('+', '-').replaceAll('/', '_'))],
      ];
    }),
  ];
}

const escaped = (text: string): string =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The letters that say these bytes alone, wherever in a longer text they begin. */
function base64Inside(bytes: Buffer, before: number): string {
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const ends = (before + bytes.length) % 3;
  return whole.slice(before === 0 ? 0 : before + 1, ends === 0 ? undefined : -1);
}

export function isIn(content: Buffer, { bytes, isCommon: needsRoom }: Needle): boolean {
  for (let at = content.indexOf(bytes); at >= 0; at = content.indexOf(bytes, at + 1)) {
    if (!needsRoom || standsAlone(content, at, at + bytes.length)) return true;
  }
  return false;
}

const standsAlone = (content: Buffer, from: number, to: number): boolean =>
  [content[from - 1], content[to]].every(
    (byte) => byte === undefined || !/[0-9A-Za-z]/.test(String.fromCharCode(byte)),
  );
