import { z } from 'zod';

/** 秘密の質問 (p.19): ours, the manual shows one of its list. */
export const SECRET_QUESTIONS = ['pet', 'first-school', 'favourite-food', 'birthplace', 'hero', 'first-trip'] as const;
export const secretQuestionSchema = z.enum(SECRET_QUESTIONS);
export type SecretQuestion = z.infer<typeof secretQuestionSchema>;

/** A question with what somebody typed as its answer. */
export interface SecretAnswer {
  readonly question: SecretQuestion;
  readonly answer: string;
}

export const SECRET_ANSWER_LENGTH = 40;
/** With its spaces. */
export const SECRET_ANSWER_TYPED_MOST = 200;
/** Of an answer that is remembered. */
export const SECRET_ANSWER_TRIES = 5;

const HALF_WIDTH_SYMBOL = /[!-/:-@[-`{-~]/;
const HIRAGANA = /[ぁ-ゖ]/g;
const TO_KATAKANA = 0x60;

/**
 * What is compared, however it is typed: width, spaces, capitals and the two kana make no difference.
 * null: it is no answer (p.19: no half-width symbols).
 */
export function secretAnswer(typed: string): string | null {
  if (typed.length > SECRET_ANSWER_TYPED_MOST || HALF_WIDTH_SYMBOL.test(typed)) return null;
  const answer = typed
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .toLowerCase()
    .replaceAll(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + TO_KATAKANA));
  return answer === '' || answer.length > SECRET_ANSWER_LENGTH ? null : answer;
}
