/**
 * 受付番号: terminal code, date in Tokyo, the day's counter on that terminal, check digit; e.g. `T01-261124-0007-K`.
 * Unique without central. The check character is ISO 7064 MOD 37,36 over the letters and digits before it.
 */
export function formatReceiptNumber(terminalCode: string, date: string, counter: number): string {
  const day = date.slice(2).replaceAll('-', '');
  const body = `${terminalCode}-${day}-${String(counter).padStart(4, '0')}`;
  return `${body}-${checkCharacter(body)}`;
}

export function isReceiptNumber(text: string): boolean {
  const match = /^([A-Z0-9]+-\d{6}-\d{4,})-([0-9A-Z])$/.exec(text);
  return match?.[1] !== undefined && match[2] === checkCharacter(match[1]);
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function checkCharacter(body: string): string {
  let check = 36;
  for (const character of body.replaceAll('-', '')) {
    const sum = (check + ALPHABET.indexOf(character)) % 36;
    check = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHABET[(37 - check) % 36] ?? '0';
}
