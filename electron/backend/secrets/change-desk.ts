import { passwordChangeSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedPassword } from '../../../shared/contract/secrets.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { brokenRules, CHOSEN_PASSWORDS, type ChosenPassword } from '../../../shared/domain/password-rule.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { passwordChangedSlip } from '../../../shared/slips/password-slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { errorOf, type PresentError } from './present-error.ts';
import { secretTexts } from './secret-texts.ts';

export interface ChangeInput {
  readonly changeId: string;
  /** null: the iTSCOM ID's. */
  readonly accountId: string | null;
  readonly present: string;
  readonly next: string;
  readonly language: Language;
}

export interface ChangeDesk {
  change(session: Session, input: ChangeInput): Promise<Result<ChangedPassword, PresentError>>;
  print(
    session: Session,
    input: { changeId: string; language: Language },
  ): Promise<Result<PrintOutcome, { code: 'not-held' }>>;
  forget(sessionId: string): void;
}

const TIMEOUT_MS = 10_000;

/** Carries the customer's choice to central. Neither password is kept here: of a change only that it was made. */
export function createChangeDesk(parts: {
  client: CentralClient;
  sessions: Pick<Sessions, 'bearerOf'>;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  printer: SlipPrinter;
}): ChangeDesk {
  const { client, sessions, connectivity, configuration, printer } = parts;
  const made = new Map<string, { readonly sessionId: string; readonly changed: ChangedPassword }>();

  return {
    change: async (session, { changeId, accountId, present, next, language }) => {
      const kind = kindOf(session, accountId);
      if (kind === null) return err({ code: 'unknown-account' });
      if (brokenRules(kind, next).length > 0) return err({ code: 'not-allowed' });
      const bearer = sessions.bearerOf(session.id);
      if (bearer === null) return err({ code: 'session-gone' });
      const answer = await client.call(
        {
          method: 'POST',
          path: CENTRAL_PATHS.passwordChanges,
          body: JSON.stringify({ id: changeId, accountId, present, next, language }),
          bearer,
          timeoutMs: TIMEOUT_MS,
        },
        passwordChangeSchema,
      );
      if (answer.kind !== 'ok') {
        const error = errorOf(answer);
        if (error.code === 'unreachable' || error.code === 'outcome-unknown') void connectivity.suspect();
        return err(error);
      }
      const changed = { changeId, kind, login: answer.body.login, changedAt: Date.parse(answer.body.changedAt) };
      made.set(changeId, { sessionId: session.id, changed });
      return ok(changed);
    },
    print: async (session, { changeId, language }) => {
      const kept = made.get(changeId);
      const known = configuration.current();
      if (kept === undefined || kept.sessionId !== session.id || known === null) return err({ code: 'not-held' });
      const { terminalCode: code, shopName, shopPhone, demo } = known.configuration;
      const slip = passwordChangedSlip({
        account: kept.changed,
        at: kept.changed.changedAt,
        terminal: { code, shopName, shopPhone, demo },
        language,
        t: secretTexts(language),
        ja: secretTexts('ja'),
      });
      return ok(await printer.print(slip, language));
    },
    forget: (sessionId) => {
      for (const [changeId, kept] of [...made]) if (kept.sessionId === sessionId) made.delete(changeId);
    },
  };
}

/** null: no account of this customer's whose password can be chosen. */
function kindOf(session: Session, accountId: string | null): ChosenPassword | null {
  if (accountId === null) return 'portal';
  const account = session.accounts.find(({ id }) => id === accountId);
  return CHOSEN_PASSWORDS.find((kind) => kind === account?.kind) ?? null;
}
