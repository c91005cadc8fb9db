/** Fields whose value never belongs in a log, whatever it looks like; compared in lower case. */
const SECRET_FIELDS =
  /"(authorization|password|present|next|pin|proof|accesstoken|access_token|token|grant|submissiongrant|submission-grant|cookie|loginid|name|kana|familyname|givenname|fullname|contactemail|emailaddress|email|phonenumber|daytimephone|phone|address|customernumber|answer|answers|body|payload)":\s*("(?:[^"\\]|\\.)*"|\{[^{}]*\}|\[[^[\]]*\])/gi;

const EVERYWHERE: readonly [RegExp, string][] = [
  [/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/Bearer\s+[\w.~+/=-]+/gi, 'Bearer [token]'],
  [/[?&]token=[\w-]+/g, '?token=[token]'],
  [/[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, '[mail]'],
  // Phone, customer and card numbers: 10 to 16 digits, with or without hyphens; not the digits of a UUID.
  [/(?<![\w-])\+?\d(?:-?\d){9,15}(?![\w-])/g, '[number]'],
  // A one-time password as it is shown.
  [/(?<!\d)\d{4} \d{4} \d{4}(?!\d)/g, '[number]'],
  // ICCIDs, with or without the letters before them.
  [/(?<![\w-])[A-Z]{0,2}\d{17,20}(?![\w-])|(?<![\w-])[A-Z]{1,2}\d{16}(?![\w-])/g, '[number]'],
  // Kana and kanji: no code writes them, people's names and addresses do.
  [/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}ー]+/gu, '[text]'],
];

/** @param line one JSON line of the log */
export function redactLine(line: string): string {
  return EVERYWHERE.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    line.replace(SECRET_FIELDS, (_match, field: string) => `"${field}":"[redacted]"`),
  );
}
