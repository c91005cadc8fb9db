import { useCallback, useEffect, useReducer, useRef } from 'react';
import { v7 } from 'uuid';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import type { Procedure, ProcedureContext } from '../../shared/procedures/procedure.ts';
import { useUnderWay } from '../app/under-way-context.ts';
import { useLanguage } from '../app/language.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { useTerminal } from '../app/terminal-context.tsx';
import { resumeWizard, startWizard, stepWizard, type WizardEvent, type WizardState } from './wizard-state.ts';

/** Longer than the backend's own limit of 5 s, and than its restart by the supervisor. */
const SUBMIT_DEADLINE_MS = 30_000;

export interface WizardControl {
  readonly state: WizardState;
  readonly send: (event: WizardEvent) => void;
  /** この内容で申込む */
  readonly submit: (shownQuote: Quote) => void;
  /** The customer has done with it: coming back begins anew. */
  readonly drop: () => void;
}

export function useWizard(procedure: Procedure, context: ProcedureContext, session: LoadedSession): WizardControl {
  const terminal = useTerminal();
  const underWay = useUnderWay();
  const { language } = useLanguage();
  const latest = useRef(context);
  latest.current = context;
  const [state, send] = useReducer(
    (now: WizardState, event: WizardEvent) => stepWizard(procedure, latest.current, now, event),
    undefined,
    () => resumeWizard(underWay.get(procedure.id), session.applications) ?? startWizard(procedure, v7()),
  );
  const held = useRef(state);
  held.current = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the context is what it tells
  useEffect(() => send({ type: 'context-changed' }), [context]);
  const { sessionId } = session;
  const isDropped = useRef(false);
  useEffect(() => {
    if (!isDropped.current) underWay.keep(procedure.id, state);
  }, [underWay, procedure.id, state]);
  const drop = useCallback(() => {
    isDropped.current = true;
    underWay.drop(procedure.id);
    const { applicationId, position } = held.current;
    if (position.kind === 'result' || !procedure.steps.some(({ kind }) => kind === 'identity')) return;
    // Nobody applies with what was photographed for it. What isn't heard of here goes with the session.
    void terminal.connection.ask((client) => client.captures.discard({ sessionId, applicationId, person: null }));
  }, [terminal, underWay, procedure, sessionId]);

  const submit = useCallback(
    (shownQuote: Quote) => {
      const { applicationId, draft, opened, captures, resumed } = state;
      const terms = procedure.termsFor(latest.current, draft).flatMap((id) => {
        const version = opened[id];
        return version === undefined ? [] : [{ id, version }];
      });
      send({ type: 'submit' });
      void terminal.connection
        .ask(
          (client) =>
            client.applications.submit({
              sessionId,
              applicationId,
              procedureId: procedure.id,
              answers: draft,
              shownQuote,
              terms,
              language,
              captures: [...captures],
              draft: resumed?.draftId ?? null,
            }),
          SUBMIT_DEADLINE_MS,
        )
        .then((answer) => {
          switch (answer.kind) {
            case 'ok':
              terminal.outcome(sessionId, answer.value);
              send({ type: 'submitted', outcome: answer.value });
              void terminal.refresh();
              return;
            case 'link-lost':
              send({ type: 'refused', problem: { kind: 'link-lost' } });
              return;
            case 'failed':
              send({ type: 'refused', problem: { kind: 'unexpected', correlationId: answer.correlationId } });
              return;
            case 'refused':
              break;
            default:
              cantHappen(answer);
          }
          switch (answer.error.code) {
            case 'SESSION_GONE':
              terminal.sessionGone(sessionId);
              return;
            case 'QUOTE_CHANGED':
              send({ type: 'quote-changed', quote: answer.error.data.quote });
              void terminal.refresh();
              return;
            case 'NOT_AVAILABLE':
              send({ type: 'not-available', reason: answer.error.data.reason });
              void terminal.refresh();
              return;
            case 'UNKNOWN_PROCEDURE':
              send({ type: 'not-available', reason: 'other' });
              return;
            case 'INVALID_ANSWERS':
              void terminal.refresh().then(() => send({ type: 'refused', problem: { kind: 'invalid-answers' } }));
              return;
            case 'TERMS_INCOMPLETE':
              send({ type: 'refused', problem: { kind: 'terms-incomplete' } });
              return;
            case 'CAPTURES_MISSING':
              send({ type: 'refused', problem: { kind: 'captures-missing' } });
              return;
            case 'IDENTITY_MISSING':
              send({ type: 'refused', problem: { kind: 'identity-missing' } });
              return;
            case 'DISK_FULL':
              send({ type: 'refused', problem: { kind: 'disk-full' } });
              return;
            case 'NOT_READY':
              send({ type: 'refused', problem: { kind: 'not-ready' } });
              return;
            case 'ALREADY_CORRECTED':
              send({ type: 'refused', problem: { kind: 'already-corrected' } });
              return;
            case 'NOT_CORRECTABLE':
              send({ type: 'refused', problem: { kind: 'not-correctable' } });
              return;
            default:
              cantHappen(answer.error);
          }
        });
    },
    [state, procedure, terminal, sessionId, language],
  );
  return { state, send, submit, drop };
}
