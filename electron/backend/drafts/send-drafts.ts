import { DRAFT_ERRORS, type KeptDraft, keptDraftSchema } from '../../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { SUBMISSION_GRANT_HEADER } from '../../../shared/central-api/terminal-v1.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { lastDayOf } from '../../../shared/domain/kept-draft.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createRetry } from '../central/retry.ts';
import { retryAfterMs } from '../central/retry-after.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { Random, SystemClock, Timers } from '../ports.ts';
import type { DraftRows, WaitingDraft } from './draft-rows.ts';

export type DraftSent =
  | { readonly kind: 'kept'; readonly draft: KeptDraft }
  /** Not at central yet: it is sent until it is. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly code: 'used' | 'too-many' | 'other' };

export interface DraftSender {
  /** Sends one that lies on the disk, and erases it here once central has it, or refuses it while its customer waits. */
  send(id: string): Promise<DraftSent>;
  /** An application came of it: it need not be sent any more, unless central has to hear what it took the place of. */
  forget(customerNumber: string, id: string): void;
  stop(): void;
}

type Told = DraftSent | { readonly kind: 'later'; readonly waitMs: number };

const TIMEOUT_MS = 5_000;
/** A central of before doesn't know what is asked here; one of later will. */
const REFUSED_AGAIN_MS = 3_600_000;
const FINAL = [400, 403, 404, 405, 409, 413, 422, 501];

/** Brings kept drafts to central: at once, or as soon as it is there, also after a restart. */
export function createDraftSender(parts: {
  rows: DraftRows;
  client: CentralClient;
  connectivity: Connectivity;
  now: SystemClock;
  businessNow: BusinessClock;
  timers: Timers;
  random: Random;
  log: Logger;
}): DraftSender {
  const { rows, client, connectivity, now, businessNow, log } = parts;
  const underWay = new Map<string, Promise<Told>>();
  let looking: Promise<void> | null = null;
  let stopped = false;
  // A function, since it may have changed while something was awaited.
  const isStopped = (): boolean => stopped;
  const retry = createRetry(parts, () => {
    if (connectivity.state() === 'reachable') void look();
  });

  async function ask({ id, request, grant }: WaitingDraft): Promise<Told> {
    const answer = await client.call(
      {
        ...{ method: 'PUT', path: `${CENTRAL_PATHS.drafts}/${id}`, timeoutMs: TIMEOUT_MS },
        headers: { [SUBMISSION_GRANT_HEADER]: grant },
        body: JSON.stringify(request),
      },
      keptDraftSchema,
    );
    if (answer.kind === 'ok') return { kind: 'kept', draft: answer.body };
    if (answer.kind !== 'error') return { kind: 'waiting' };
    if (FINAL.includes(answer.status)) {
      log.warn({ draft: id, status: answer.status, code: answer.error.code }, 'central takes no such draft');
      return { kind: 'refused', code: refusalOf(answer.error.code) };
    }
    return { kind: 'later', waitMs: retryAfterMs(answer.headers.retryAfter, answer.headers.date, now()) ?? 0 };
  }

  async function tell(id: string): Promise<Told> {
    const draft = rows.find(id);
    if (draft === null) return { kind: 'refused', code: 'other' };
    if (draft === 'unreadable') {
      log.error({ draft: id }, 'cannot be read with this terminal key');
      erase(id);
      return { kind: 'refused', code: 'other' };
    }
    const told = await ask(draft);
    const isOver = told.kind === 'kept' || (told.kind === 'refused' && told.code === 'used');
    if (!isStopped() && isOver) erase(id);
    return told;
  }

  function once(id: string): Promise<Told> {
    const running = underWay.get(id);
    if (running !== undefined) return running;
    const started = tell(id).finally(() => underWay.delete(id));
    underWay.set(id, started);
    return started;
  }

  /** What it takes the place of, as far as is known here, the earliest first. */
  function before(id: string): string[] {
    const path = new Set([id]);
    for (let next = replacedBy(id); next !== null && !path.has(next); next = replacedBy(next)) path.add(next);
    path.delete(id);
    return [...path].reverse();
  }

  function replacedBy(id: string): string | null {
    const draft = rows.find(id);
    return draft === null || draft === 'unreadable' ? null : draft.request.replaces;
  }

  async function inTurn(id: string): Promise<Told> {
    // It would overtake what it takes the place of, which then stayed.
    for (const earlier of before(id)) {
      const told = await once(earlier);
      if (told.kind === 'waiting' || told.kind === 'later') return told;
    }
    return once(id);
  }

  function erase(id: string): void {
    try {
      rows.erase([id]);
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // It comes to central once more, which knows it.
      log.error({ code: 'disk-failure' }, 'sent draft not erased yet');
    }
  }

  async function flush(): Promise<void> {
    const today = businessDate(businessNow());
    let waitMs: number | null = null;
    let isRefused = false;
    for (const { id, keptAt } of rows.ids()) {
      if (isStopped()) return;
      if (lastDayOf(businessDate(keptAt)) < today) {
        erase(id);
        continue;
      }
      if (connectivity.state() !== 'reachable') continue;
      const told = await inTurn(id).catch((error: unknown): Told => {
        // Whatever is wrong with one keeps no other from being sent.
        log.error({ draft: id, err: error }, 'sending a draft failed unexpectedly');
        return { kind: 'later', waitMs: 0 };
      });
      if (told.kind === 'refused' && rows.find(id) !== null) isRefused = true;
      if (told.kind === 'waiting') waitMs ??= 0;
      if (told.kind === 'later') waitMs = Math.max(waitMs ?? 0, told.waitMs);
    }
    if (isStopped()) return;
    if (waitMs !== null) retry.plan(waitMs);
    else if (isRefused) retry.plan(REFUSED_AGAIN_MS);
    else retry.cancel();
  }

  async function look(): Promise<void> {
    if (isStopped()) return;
    looking ??= flush()
      .catch((error: unknown) => {
        log.error({ err: error }, 'sending drafts failed unexpectedly');
        if (!isStopped()) retry.plan(0);
      })
      .finally(() => {
        looking = null;
      });
    await looking;
  }

  const unsubscribe = connectivity.onChange((state) => {
    if (state === 'reachable') void look();
  });
  void look();
  return {
    send: async (id) => {
      if (connectivity.state() !== 'reachable') return { kind: 'waiting' };
      const told = await inTurn(id);
      if (told.kind === 'refused') erase(id);
      if (told.kind !== 'waiting' && told.kind !== 'later') return told;
      if (told.kind === 'waiting') void connectivity.suspect();
      retry.plan(told.kind === 'later' ? told.waitMs : 0);
      return { kind: 'waiting' };
    },
    forget: (customerNumber, id) => {
      const waiting = rows.of(customerNumber).find((one) => one.id === id);
      if (waiting?.request.replaces === null) erase(id);
    },
    stop: () => {
      stopped = true;
      retry.cancel();
      unsubscribe();
    },
  };
}

function refusalOf(code: string): Extract<DraftSent, { kind: 'refused' }>['code'] {
  if (code === DRAFT_ERRORS.used) return 'used';
  return code === DRAFT_ERRORS.tooMany ? 'too-many' : 'other';
}
