const SYLLABLES: Readonly<Record<string, string>> = {
  ...{ a: 'あ', i: 'い', u: 'う', e: 'え', o: 'お', ka: 'か', ki: 'き', ku: 'く', ke: 'け', ko: 'こ' },
  ...{
    sa: 'さ',
    si: 'し',
    shi: 'し',
    su: 'す',
    se: 'せ',
    so: 'そ',
    ta: 'た',
    ti: 'ち',
    chi: 'ち',
    tu: 'つ',
    tsu: 'つ',
  },
  ...{ te: 'て', to: 'と', na: 'な', ni: 'に', nu: 'ぬ', ne: 'ね', no: 'の', ha: 'は', hi: 'ひ', hu: 'ふ', fu: 'ふ' },
  ...{ he: 'へ', ho: 'ほ', ma: 'ま', mi: 'み', mu: 'む', me: 'め', mo: 'も', ya: 'や', yu: 'ゆ', yo: 'よ' },
  ...{ ra: 'ら', ri: 'り', ru: 'る', re: 'れ', ro: 'ろ', wa: 'わ', wo: 'を', ga: 'が', gi: 'ぎ', gu: 'ぐ', ge: 'げ' },
  ...{ go: 'ご', za: 'ざ', zi: 'じ', ji: 'じ', zu: 'ず', ze: 'ぜ', zo: 'ぞ', da: 'だ', di: 'ぢ', du: 'づ', de: 'で' },
  ...{ do: 'ど', ba: 'ば', bi: 'び', bu: 'ぶ', be: 'べ', bo: 'ぼ', pa: 'ぱ', pi: 'ぴ', pu: 'ぷ', pe: 'ぺ', po: 'ぽ' },
  ...{
    kya: 'きゃ',
    kyu: 'きゅ',
    kyo: 'きょ',
    sha: 'しゃ',
    shu: 'しゅ',
    sho: 'しょ',
    sya: 'しゃ',
    syu: 'しゅ',
    syo: 'しょ',
  },
  ...{
    cha: 'ちゃ',
    chu: 'ちゅ',
    cho: 'ちょ',
    tya: 'ちゃ',
    tyu: 'ちゅ',
    tyo: 'ちょ',
    nya: 'にゃ',
    nyu: 'にゅ',
    nyo: 'にょ',
  },
  ...{
    hya: 'ひゃ',
    hyu: 'ひゅ',
    hyo: 'ひょ',
    mya: 'みゃ',
    myu: 'みゅ',
    myo: 'みょ',
    rya: 'りゃ',
    ryu: 'りゅ',
    ryo: 'りょ',
  },
  ...{
    gya: 'ぎゃ',
    gyu: 'ぎゅ',
    gyo: 'ぎょ',
    ja: 'じゃ',
    ju: 'じゅ',
    jo: 'じょ',
    zya: 'じゃ',
    zyu: 'じゅ',
    zyo: 'じょ',
  },
  ...{ bya: 'びゃ', byu: 'びゅ', byo: 'びょ', pya: 'ぴゃ', pyu: 'ぴゅ', pyo: 'ぴょ' },
};

/** How a Japanese word is spelt on a keyboard of Latin letters, in kana; null: it isn't one. */
export function kanaOfLatin(latin: string): string | null {
  let kana = '';
  let at = 0;
  while (at < latin.length) {
    const length = [3, 2, 1].find((size) => SYLLABLES[latin.slice(at, at + size)] !== undefined);
    const letter = latin[at] ?? '';
    if (length !== undefined) {
      kana += SYLLABLES[latin.slice(at, at + length)] ?? '';
      at += length;
    } else if (letter === 'n') {
      kana += 'ん';
      // nn before a vowel is ん and the next syllable: konna.
      at += latin[at + 1] === 'n' && !/[aiueoy]/.test(latin[at + 2] ?? '') ? 2 : 1;
    } else if (/[a-z]/.test(letter) && letter === latin[at + 1]) {
      kana += 'っ';
      at += 1;
    } else if (letter === '-') {
      kana += 'ー';
      at += 1;
    } else {
      return null;
    }
  }
  return kana;
}

/** Small and capital, full and half width, hiragana and katakana read the same. */
export function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replaceAll(/[‐‑–—―−]/g, '-');
}

/** Whether every word of what was typed is in the text, as it stands or as Japanese in Latin letters. */
export function holdsWords(text: string, typed: string): boolean {
  const held = plainForm(text);
  return plainForm(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => {
      const kana = kanaOfLatin(word);
      return held.includes(word) || (kana !== null && held.includes(kana));
    });
}
