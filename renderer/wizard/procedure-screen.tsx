import { useEffect, useState } from 'react';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { Spinner } from '../kit/index.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { Wizard } from './wizard.tsx';

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
  useEffect(() => {
    let isWanted = true;
    void loadProcedure(id).then((found) => {
      if (isWanted) setProcedure(found);
    });
    return () => {
      isWanted = false;
    };
  }, [id]);
  if (procedure === null) {
    return (
      <Screen id="loading" heading={t(`procedures:${id}.title`)}>
        <Spinner label={t('loading')} />
      </Screen>
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
}
