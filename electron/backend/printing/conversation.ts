import type { PrinterLink } from './printer-link.ts';
import { isMarkReply, isStatusReply, saysPaperLow, statusRequest, troubleIn } from './status-replies.ts';
import type { StatusQuestion, Trouble } from './status-replies.ts';

export type Condition =
  | { readonly kind: 'fine'; readonly paperLow: boolean }
  | { readonly kind: 'trouble'; readonly reason: Trouble }
  /** No answer to the first question in time. */
  | { readonly kind: 'silent' }
  /** The link is gone, or it fell silent between two questions. */
  | { readonly kind: 'lost' };

const SEVERITY: readonly Trouble[] = ['cover-open', 'paper-out', 'error', 'offline'];

/** Questions and answers over one link. Every wait ends at its deadline (ms from its start) or when the link is gone. */
export class Conversation {
  readonly #link: PrinterLink;
  readonly #lost: Promise<'lost'>;
  #onStatus: ((reply: number) => void) | null = null;
  #onMark: ((reply: number) => void) | null = null;

  constructor(link: PrinterLink) {
    this.#link = link;
    this.#lost = link.closed.then(() => 'lost' as const);
    link.onReply((bytes) => {
      for (const byte of bytes) {
        if (isStatusReply(byte)) this.#onStatus?.(byte);
        else if (isMarkReply(byte)) this.#onMark?.(byte);
      }
    });
  }

  /** `lost`: the carrier can't say how much of it arrived. */
  async send(bytes: Buffer, deadlineMs: number): Promise<'sent' | 'lost' | 'late'> {
    const sending = this.#link.send(bytes).then((sent) => (sent ? ('sent' as const) : ('lost' as const)));
    return await this.within(sending, deadlineMs);
  }

  /** The reply to the completion mark, which is to be sent next: what came before can't be one. */
  markReply(): Promise<number> {
    return new Promise((resolve) => {
      this.#onMark = resolve;
    });
  }

  async ask(questions: readonly StatusQuestion[], deadlineMs: number): Promise<Condition> {
    const troubles: Trouble[] = [];
    let paperLow = false;
    for (const [at, question] of questions.entries()) {
      const reply = await this.#askOne(question, deadlineMs);
      if (reply === 'late' && at === 0) return { kind: 'silent' };
      if (reply === 'late' || reply === 'lost') return { kind: 'lost' };
      const trouble = troubleIn(question, reply);
      if (trouble !== null) troubles.push(trouble);
      paperLow ||= question === 4 && saysPaperLow(reply);
    }
    const worst = SEVERITY.find((trouble) => troubles.includes(trouble));
    return worst === undefined ? { kind: 'fine', paperLow } : { kind: 'trouble', reason: worst };
  }

  async #askOne(question: StatusQuestion, deadlineMs: number): Promise<number | 'lost' | 'late'> {
    const reply = new Promise<number>((resolve) => {
      this.#onStatus = resolve;
    });
    const asked = this.#link
      .send(statusRequest(question))
      .then(async (sent): Promise<number | 'lost'> => (sent ? await reply : 'lost'));
    return await this.within(asked, deadlineMs);
  }

  async within<T>(happening: Promise<T>, deadlineMs: number): Promise<T | 'lost' | 'late'> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), deadlineMs);
    });
    // What has happened already comes first: a printer may close the link right after its last answer.
    const outcome = await Promise.race([happening, this.#lost, late]);
    clearTimeout(timer);
    return outcome;
  }
}
