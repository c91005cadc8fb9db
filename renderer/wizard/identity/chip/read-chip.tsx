import { useState } from 'react';
import type { ReadProblem } from '../../../../shared/contract/chip.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { ChipSays, IdentifiedPerson, IdentityDocument } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { Notice, TextField } from '../../../kit/index.ts';
import '../identity-step.css';

interface ChipOf {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly person: IdentifiedPerson;
  /** null: none is chosen yet. */
  readonly document: IdentityDocument | null;
  readonly onRead: (says: ChipSays) => void;
}

interface ChipReading {
  readonly pin: string;
  readonly setPin: (pin: string) => void;
  readonly isPinWanted: boolean;
  readonly isReading: boolean;
  readonly problem: ReadProblem | 'link-lost' | null;
  read(): Promise<void>;
}

/** The document lies on the reader, its holder enters the PIN, and the chip is read. */
export function useChip({ sessionId, applicationId, person, document, onRead }: ChipOf): ChipReading {
  const { connection, sessionGone } = useTerminal();
  const [pin, setPin] = useState('');
  const [isTried, setTried] = useState(false);
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<ReadProblem | 'link-lost' | null>(null);
  const isPin = /^\d{4}$/.test(pin.normalize('NFKC'));

  const read = async (): Promise<void> => {
    setTried(true);
    if (!isPin || isReading || document === null) return;
    setReading(true);
    setProblem(null);
    const answer = await connection.ask((client) =>
      client.identity.readChip({ sessionId, applicationId, person, document, pin: pin.normalize('NFKC') }),
    );
    setReading(false);
    setPin('');
    setTried(false);
    switch (answer.kind) {
      case 'ok':
        onRead(answer.value);
        return;
      case 'link-lost':
        setProblem('link-lost');
        return;
      case 'failed':
        setProblem({ kind: 'unreadable' });
        return;
      case 'refused':
        break;
      default:
        cantHappen(answer);
    }
    switch (answer.error.code) {
      case 'SESSION_GONE':
        sessionGone(sessionId);
        return;
      case 'READ_FAILED':
        setProblem(answer.error.data);
        return;
      case 'NOT_WANTED':
        setProblem({ kind: 'other-card' });
        return;
      default:
        cantHappen(answer.error);
    }
  };

  return { pin, setPin, isPinWanted: isTried && !isPin, isReading, problem, read };
}

/** What to do, the field for the PIN, and what went wrong; the key to read it stands where the screen has its keys. */
export function ChipForm({ chip, document }: { readonly chip: ChipReading; readonly document: IdentityDocument }) {
  const { t } = useLanguage();
  const { problem } = chip;
  return (
    <form
      className="wizard-identity__fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void chip.read();
      }}
    >
      {problem === null ? null : <Notice tone="attention">{textOf(problem)}</Notice>}
      <p className="wizard-identity__note">{t('chip:lay', { document: t(`identity:document.${document}`) })}</p>
      <TextField
        label={t('chip:pin')}
        description={t(`chip:pin-hint.${document === 'my-number-card' ? 'my-number-card' : 'other'}`)}
        value={chip.pin}
        onChange={chip.setPin}
        type="password"
        name="chipPin"
        autoComplete="off"
        inputMode="numeric"
        error={chip.isPinWanted ? t('chip:pin-wanted') : undefined}
      />
      <button type="submit" hidden />
    </form>
  );

  function textOf(found: ReadProblem | 'link-lost'): string {
    if (found === 'link-lost') return t('link-lost.text');
    return found.kind === 'wrong-pin'
      ? t('chip:problem.wrong-pin', { tries: found.triesLeft })
      : t(`chip:problem.${found.kind}`);
  }
}
