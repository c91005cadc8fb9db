import { isTest, relativeToRoot } from './rooms.mjs';

const PLACES = /^(renderer|electron|shared|central)\//;
/** Demo people, stand-ins for tests and the kit's sample page: never shipped to a counter. */
const SAMPLES = /\/(demo|testing|gallery)\//;
const EAST_ASIAN_LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001-\u303f\uff01-\uff60]/u;
/** One kana, or a row of them without anything else, is a letter of a keypad or a reading rule: no sentence. */
const KANA_ONLY = /^[\p{Script=Hiragana}\p{Script=Katakana}ー゛゜]+$/u;
const LONGEST_KANA_ROW = 10;

/** What a person reads stands in shared/locales/<lang>/ or resources/, so that it exists in every language. */
export const noTextInCode = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { text: 'Text that a person sees belongs in shared/locales/<lang>/ or resources/: {{text}}' },
  },
  create(context) {
    const file = relativeToRoot(context.filename);
    if (!PLACES.test(file) || SAMPLES.test(file) || isTest(file)) return {};
    const check = (node, text) => {
      if (typeof text !== 'string' || !EAST_ASIAN_LETTER.test(text)) return;
      if (isSetOfCharacters(node)) return;
      if (KANA_ONLY.test(text) && text.length <= LONGEST_KANA_ROW) return;
      context.report({ node, messageId: 'text', data: { text: text.trim().slice(0, 30) } });
    };
    return {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked),
      JSXText: (node) => check(node, node.value),
    };
  },
};

function isSetOfCharacters({ parent }) {
  return parent.type === 'NewExpression' && parent.callee.name === 'Set';
}
