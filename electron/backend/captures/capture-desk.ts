import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Session } from '../sessions/sessions.ts';
import type { CaptureStore } from './capture-store.ts';
import { stripMetadata } from './strip-metadata.ts';

export type CaptureError = 'NO_PICTURE' | 'TOO_MANY' | 'NOT_OPEN' | 'DISK_FULL' | 'NOT_READY';

/** Pictures of applications that are being made: each is its session's until the customer has applied. */
export interface CaptureDesk {
  /** @returns the picture's id */
  keep(session: Session, applicationId: string, picture: Buffer<ArrayBuffer>): Result<string, CaptureError>;
  discard(session: Session, applicationId: string, captureId: string): Result<void, 'NOT_OPEN'>;
  /** The application goes with these pictures and no others. */
  choose(session: Session, applicationId: string, captureIds: readonly string[]): Result<void, 'missing'>;
  /** The session is over: what it didn't apply with is erased. */
  forget(sessionId: string): void;
}

const KEEP_ERRORS = { 'too-many': 'TOO_MANY', 'disk-full': 'DISK_FULL' } as const;

export function createCaptureDesk(parts: {
  captures: CaptureStore;
  outbox: Pick<Outbox, 'find'>;
  configuration: ConfigurationHolder;
  log: Logger;
}): CaptureDesk {
  const { captures, outbox, configuration, log } = parts;
  const sessionOf = new Map<string, string>();
  /** Of sessions that are over. */
  const unwanted = new Set<string>();

  const isOpen = (session: Session, applicationId: string): boolean =>
    (sessionOf.get(applicationId) ?? session.id) === session.id && outbox.find(applicationId) === null;

  function discardAll(applicationId: string, except: readonly string[] = []): void {
    for (const capture of captures.of(applicationId)) if (!except.includes(capture.hash)) captures.discard(capture);
  }

  /** What a broken disk doesn't let go is tried again at the next occasion, the program's next start being the last. */
  function tidily(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'pictures not erased yet');
    }
  }

  tidily(captures.eraseUnclaimed);
  return {
    keep: (session, applicationId, bytes) => {
      if (!isOpen(session, applicationId)) return err('NOT_OPEN');
      const current = configuration.current();
      if (current === null) return err('NOT_READY');
      const picture = stripMetadata(bytes);
      if (!picture.ok) return err('NO_PICTURE');
      sessionOf.set(applicationId, session.id);
      const rescueKey = { id: current.configuration.rescueKey.id, publicKey: current.rescueKey };
      const kept = captures.keep({ applicationId, picture: picture.value, rescueKey });
      return kept.ok ? ok(kept.value.hash) : err(KEEP_ERRORS[kept.error]);
    },
    discard: (session, applicationId, hash) => {
      if (!isOpen(session, applicationId)) return err('NOT_OPEN');
      captures.discard({ applicationId, hash });
      return ok(undefined);
    },
    choose: (session, applicationId, captureIds) => {
      const there = new Set(captures.of(applicationId).map(({ hash }) => hash));
      if (!isOpen(session, applicationId) || captureIds.some((id) => !there.has(id))) return err('missing');
      tidily(() => discardAll(applicationId, captureIds));
      return ok(undefined);
    },
    forget: (sessionId) => {
      for (const [applicationId, owner] of [...sessionOf]) {
        if (owner !== sessionId) continue;
        sessionOf.delete(applicationId);
        if (outbox.find(applicationId) === null) unwanted.add(applicationId);
      }
      tidily(() => {
        for (const applicationId of unwanted) {
          discardAll(applicationId);
          unwanted.delete(applicationId);
        }
      });
    },
  };
}
