import { useCallback, useEffect, useState } from 'react';
import type { TermsDocument, TermsId } from '../../shared/domain/terms.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';

export function useTerms(ids: readonly TermsId[]): {
  documents: readonly TermsDocument[] | null;
  isFailed: boolean;
  retry: () => void;
} {
  const { language } = useLanguage();
  const { connection } = useTerminal();
  const [documents, setDocuments] = useState<readonly TermsDocument[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const wanted = ids.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again; `wanted` says which they are
  useEffect(() => {
    let isWanted = true;
    setFailed(false);
    void connection
      .ask((client) => client.terms.get({ ids: [...ids], language }))
      .then((answer) => {
        if (!isWanted) return;
        if (answer.kind === 'ok') setDocuments(answer.value);
        else setFailed(true);
      });
    return () => {
      isWanted = false;
    };
  }, [connection, wanted, language, attempt]);
  return { documents, isFailed, retry };
}
