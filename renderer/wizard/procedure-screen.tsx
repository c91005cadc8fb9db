import { lazy, Suspense, useEffect, useState } from 'react';
import { v7 } from 'uuid';
import type { DraftEntry } from '../../shared/contract/draft-entry.ts';
import type { Draft, Procedure } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { Spinner } from '../kit/index.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { useTerminalState } from '../app/terminal-context.tsx';
import { useUnderWay } from '../app/under-way-context.ts';
import { KeptFirst } from './kept/kept-first.tsx';
import { isBegun, resumeAnswers } from './wizard-state.ts';
import { Wizard } from './wizard.tsx';

const ChangeContact = lazy(async () => ({
  default: (await import('../procedures/record/change-contact.tsx')).ChangeContact,
}));

export interface ProcedureScreenProps {
  readonly id: ProcedureId;
  readonly session: LoadedSession;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

export function ProcedureScreen({ id, session, onLeave, onEnd }: ProcedureScreenProps) {
  const { t } = useLanguage();
  const [run, setRun] = useState(0);
  const [procedure, setProcedure] = useState<Procedure | null>(null);
  const { status } = useTerminalState();
  const underWay = useUnderWay();
  /** Decided when it is begun: nothing that was typed goes because the line came or went. */
  const [isQueued, setQueued] = useState(
    underWay.contact() === null && (status?.central === 'unreachable' || session.view.facts.kind === 'unknown'),
  );
  const [kept, setKept] = useState(() => keptOf(session, id));
  useEffect(() => {
    let isWanted = true;
    void loadProcedure(id).then((found) => {
      if (!isWanted) return;
      const begun = underWay.get(id);
      if (begun !== undefined && isBegun(found, begun)) {
        setQueued(true);
        setKept(null);
      }
      setProcedure(found);
    });
    return () => {
      isWanted = false;
    };
  }, [id, underWay]);
  if (procedure === null) {
    return (
      <Screen id="loading" heading={t(`procedures:${id}.title`)}>
        <Spinner label={t('loading')} />
      </Screen>
    );
  }
  if (kept !== null) {
    const begin = (): void => setKept(null);
    return <KeptFirst {...{ session, kept, onLeave }} onResumed={begin} onAnew={begin} />;
  }
  if (procedure.whileReachable !== null && !isQueued) {
    return (
      <Suspense fallback={<Spinner label={t('loading')} />}>
        <ChangeContact
          {...{ procedureId: id, session, onLeave, onEnd }}
          onQueue={(entered) => queue(procedure, entered)}
        />
      </Suspense>
    );
  }
  return (
    <Wizard
      key={run}
      procedure={procedure}
      session={session}
      onLeave={onLeave}
      onRepeat={() => setRun(run + 1)}
      onEnd={onEnd}
    />
  );

  function queue(toQueue: Procedure, entered: Draft) {
    underWay.keepContact(null);
    underWay.keep(toQueue.id, resumeAnswers(toQueue, v7(), entered));
    setQueued(true);
  }
}

/** The latest that was kept of it; what is corrected begins with its own answers. */
function keptOf({ view: { drafts, correcting } }: LoadedSession, id: ProcedureId): DraftEntry | null {
  const own = (drafts ?? []).filter(({ procedureId }) => procedureId === id && correcting?.procedureId !== id);
  return own.reduce<DraftEntry | null>(
    (latest, one) => (latest === null || one.keptAt > latest.keptAt ? one : latest),
    null,
  );
}
