import type { Unit } from './printer-text.ts';

/** 行頭禁則: never first on a line. */
const NEVER_FIRST = new Set(
  '、。，．・：；？！゛゜´｀¨ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃％‰ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ,.:;?!)]}%～〜…',
);
/** 行末禁則: never last on a line. */
const NEVER_LAST = new Set('‘“（〔［｛〈《「『【￥＄£№¥$｢([{');
const UNIT_OF_NUMBER = new Set('円年月日分秒回台本件枚個才歳時人元원년월일');

const REMARK_COLUMNS = 12;
const BRACKET_OPENS = new Set('（(');
const BRACKET_ENDS = new Set('）)');

const isSpace = (unit: Unit): boolean => unit.text === ' ' || unit.text === '\u3000';
/** Letters and digits that form a word: Latin, and Korean, which is spaced. */
const inWord = (unit: Unit): boolean => /^[!-~\p{Script=Latin}\p{Script=Hangul}]/u.test(unit.text);

/**
 * Folds to lines of at most that width, by Japanese line-breaking rules; a word breaks only when it must.
 * @param widthOf a unit's width, where it isn't counted in columns
 */
export function fold(
  units: readonly Unit[],
  width: number,
  widthOf: (unit: Unit) => number = ({ columns }) => columns,
): Unit[][] {
  const lines: Unit[][] = [];
  let rest = [...units];
  while (fitting(rest, width, widthOf) < rest.length) {
    const end = breakAt(rest, fitting(rest, width, widthOf));
    lines.push(trimmedEnd(rest.slice(0, end)));
    rest = rest.slice(end);
    while (rest[0] !== undefined && rest[0].text === ' ') rest.shift();
  }
  if (rest.length > 0 || lines.length === 0) lines.push(rest);
  return lines;
}

/** How many units, from the first, that width takes. */
function fitting(units: readonly Unit[], width: number, widthOf: (unit: Unit) => number): number {
  let used = 0;
  const first = units.findIndex((unit) => {
    used += widthOf(unit);
    return used > width;
  });
  return first === -1 ? units.length : first;
}

/** @param most so many units fit */
function breakAt(units: readonly Unit[], most: number): number {
  const places: number[] = [];
  for (let at = most; at > 0; at -= 1) {
    const before = units[at - 1];
    const after = units[at];
    if (before !== undefined && after !== undefined && mayBreakBetween(before, after)) places.push(at);
  }
  return places.find((at) => !isInRemark(units, at)) ?? places[0] ?? breakInWord(units, most);
}

/** Too long for any line, most likely an address or a link: between its parts, if that leaves no line half empty. */
function breakInWord(units: readonly Unit[], most: number): number {
  for (let at = most; at > most / 2; at -= 1) {
    if (units[at]?.text === '@' || units[at - 1]?.text === '/') return at;
  }
  return Math.max(most, 1);
}

/** Within short brackets, as （税込） and （レンタル）. */
function isInRemark(units: readonly Unit[], at: number): boolean {
  const from = units.findLastIndex(({ text }, index) => index < at && BRACKET_OPENS.has(text));
  const end = units.findIndex(({ text }, index) => index > from && BRACKET_ENDS.has(text));
  if (from === -1 || end < at) return false;
  const columns = units.slice(from, end + 1).reduce((total, unit) => total + unit.columns, 0);
  return columns <= REMARK_COLUMNS;
}

function mayBreakBetween(before: Unit, after: Unit): boolean {
  if (isSpace(after)) return !NEVER_LAST.has(before.text);
  if (isSpace(before)) return true;
  if (NEVER_FIRST.has(after.text) || NEVER_LAST.has(before.text)) return false;
  if (/^\d$/.test(before.text) && UNIT_OF_NUMBER.has(after.text)) return false;
  return !(inWord(before) && inWord(after));
}

function trimmedEnd(units: Unit[]): Unit[] {
  let end = units.length;
  while (end > 1 && units[end - 1]?.text === ' ') end -= 1;
  return units.slice(0, end);
}
