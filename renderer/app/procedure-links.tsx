import { LinkRow, LinkRows } from '../kit/index.ts';
import { useLanguage } from './language.tsx';
import { go, procedureHash } from './route.ts';

interface ProcedureLink {
  readonly id: Parameters<typeof procedureHash>[0];
  /** Text key of why it can't be done now, and what to do instead. */
  readonly unavailable: string | null;
}

/** What can be done about the thing above, each with why not where it is so. */
export function ProcedureLinks({ procedures }: { procedures: readonly ProcedureLink[] }) {
  const { t } = useLanguage();
  return (
    <LinkRows>
      {procedures.map(({ id, unavailable }) => (
        <LinkRow
          key={id}
          title={t(`procedures:${id}.title`)}
          isDisabled={unavailable !== null}
          reason={unavailable === null ? undefined : t(unavailable)}
          onPress={() => go(procedureHash(id))}
        />
      ))}
    </LinkRows>
  );
}
