import { groupLineNumber } from '../../../shared/domain/mobile/line.ts';
import { normalText } from '../../../shared/domain/typed/typed-text.ts';
import { waitingNumberOf } from '../../../shared/procedures/mobile/lines.ts';
import type { Draft, ProcedureContext, Question } from '../../../shared/procedures/procedure.ts';
import { useLanguage } from '../../app/language.tsx';
import { Card, KeyValueList } from '../../kit/index.ts';

interface NumberToActivateProps {
  readonly context: ProcedureContext;
  readonly draft: Draft;
  /** What the page itself asks. */
  readonly asked: readonly Question[];
}

/** この番号: which one, on a page that doesn't ask for it (manual p.100). */
export function NumberToActivate({ context, draft, asked }: NumberToActivateProps) {
  const { t } = useLanguage();
  if (asked.some(({ id }) => id === 'line' || id === 'number')) return null;
  const typed = normalText({ kind: 'phone' }, draft['number'] ?? '');
  const number = typed === '' ? waitingNumberOf(context, draft['line'], undefined)?.lineNumber : typed;
  if (number === undefined) return null;
  return (
    <Card>
      <KeyValueList
        items={[{ label: t('procedures:mobile.activate-mnp.labels.number'), value: groupLineNumber(number) }]}
      />
    </Card>
  );
}
