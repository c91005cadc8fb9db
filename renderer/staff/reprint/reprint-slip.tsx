import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import type { Text } from '../../app/i18n.ts';
import { useLanguage } from '../../app/language.tsx';
import { Button, Notice } from '../../kit/index.ts';
import { type PrintFinding, printFinding } from '../print-finding.ts';
import { useStaffCall } from '../use-staff-call.ts';

type Reprinted =
  | { readonly kind: 'not-yet' | 'printing' | 'needs-central' | 'not-readable' | 'unanswered' }
  | { readonly kind: 'done'; readonly outcome: PrintOutcome; readonly number: number };

/** An application's slip once more, and what became of it. */
export function ReprintSlip({ applicationId }: { applicationId: string }) {
  const { t } = useLanguage();
  const ask = useStaffCall();
  const announce = useAnnounce();
  const [reprinted, setReprinted] = useState<Reprinted>({ kind: 'not-yet' });
  const print = async () => {
    setReprinted({ kind: 'printing' });
    const answer = await ask((client, staffSessionId) => client.reprint.print({ staffSessionId, applicationId }));
    const code = answer.kind === 'refused' ? answer.error.code : null;
    if (answer.kind === 'ok') setReprinted({ kind: 'done', ...answer.value });
    else if (code === 'NEEDS_CENTRAL') setReprinted({ kind: 'needs-central' });
    else if (code === 'NOT_READABLE' || code === 'UNKNOWN_APPLICATION') setReprinted({ kind: 'not-readable' });
    else setReprinted({ kind: 'unanswered' });
  };
  const found = findingOf(t, reprinted);
  const title = found?.title;
  useEffect(() => {
    if (title !== undefined) announce(title);
  }, [announce, title]);
  return (
    <>
      <div>
        <Button
          variant="secondary"
          size="small"
          icon={<Printer />}
          onPress={() => void print()}
          isPending={reprinted.kind === 'printing'}
          pendingLabel={t('reprint:printing')}
        >
          {t('reprint:action')}
        </Button>
      </div>
      {found === null ? null : (
        <Notice tone={found.tone} title={found.title}>
          {found.help}
        </Notice>
      )}
    </>
  );
}

function findingOf(t: Text, reprinted: Reprinted): PrintFinding | null {
  switch (reprinted.kind) {
    case 'not-yet':
    case 'printing':
      return null;
    case 'done':
      return printFinding(t, 'reprint:done', reprinted.outcome, reprinted.number);
    case 'needs-central':
    case 'not-readable':
      return { tone: 'attention', title: t(`reprint:${reprinted.kind}`), help: null };
    case 'unanswered':
      return { tone: 'attention', title: t('devices:unanswered'), help: null };
    default:
      return cantHappen(reprinted);
  }
}
