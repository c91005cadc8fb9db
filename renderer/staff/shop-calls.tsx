import { BellRing, Check, Hand } from 'lucide-react';
import { useEffect, useReducer } from 'react';
import { isProcedureId } from '../../shared/procedures/registry.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { AnswerNote, WaitingCall } from '../app/calls.ts';
import type { Text } from '../app/i18n.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal, useTerminalState } from '../app/terminal-context.tsx';
import { Button } from '../kit/index.ts';
import './shop-calls.css';

const TICK_MS = 1_000;
/** Screens that a call can come from, besides procedures. */
const SCREENS: readonly string[] = ['start', 'sign-in', 'home', 'contracts', 'staff', 'unknown'];

/**
 * Who calls in the shop, on every screen of a staff terminal. It stands at the page's foot so that nothing above moves,
 * and takes no focus: staff go on typing.
 */
export function ShopCalls() {
  const { t } = useLanguage();
  const { calls, staff } = useTerminalState();
  const terminal = useTerminal();
  const [, repaint] = useReducer((count: number) => count + 1, 0);
  const { shop, note } = calls;
  const isWaiting = shop.length > 0;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(repaint, TICK_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);

  return (
    <section className="shop-calls" aria-label={t('call:shop.title')}>
      {note === null ? null : (
        <p className="shop-calls__row shop-calls__row--note">
          <span className="shop-calls__icon" aria-hidden="true">
            <Check />
          </span>
          <span className="shop-calls__what">{noteText(note, t)}</span>
          <Button variant="secondary" size="small" onPress={terminal.calls.closeNote}>
            {t('close')}
          </Button>
        </p>
      )}
      {isWaiting ? (
        <ul className="shop-calls__list">
          {shop.map((call) => (
            <li className={`shop-calls__row${call.isEscalated ? ' shop-calls__row--escalated' : ''}`} key={call.callId}>
              <span className="shop-calls__icon" aria-hidden="true">
                {call.isEscalated ? <BellRing /> : <Hand />}
              </span>
              <span className="shop-calls__what">
                <strong className="shop-calls__terminal">{t('call:shop.from', { terminal: call.terminal })}</strong>
                <span>{placeText(call.place, t)}</span>
                <span className="shop-calls__since">
                  {call.isEscalated ? `${t('call:shop.escalated')} ` : ''}
                  {sinceText(call, terminal.pageClock(), t)}
                </span>
              </span>
              {staff?.presence === 'at-work' ? (
                <Button variant="secondary" size="small" onPress={() => void terminal.calls.answer(call.callId)}>
                  {t('call:shop.answer')} <span className="kit-visually-hidden">{call.terminal}</span>
                </Button>
              ) : (
                <span className="shop-calls__how">{t(staff === null ? 'call:shop.sign-in' : 'call:shop.unlock')}</span>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function placeText(place: string, t: Text): string {
  if (isProcedureId(place)) return t(`procedures:${place}.title`);
  return t(`call:shop.place.${SCREENS.includes(place) ? place : 'unknown'}`);
}

function sinceText({ since }: WaitingCall, now: number, t: Text): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return seconds < 60
    ? t('call:shop.since-seconds', { number: seconds })
    : t('call:shop.since-minutes', { number: Math.floor(seconds / 60) });
}

function noteText(note: AnswerNote, t: Text): string {
  switch (note.kind) {
    case 'you':
      return t('call:shop.note.you', { terminal: note.terminal });
    case 'other':
      return t('call:shop.note.other', { terminal: note.terminal, name: note.staffName });
    case 'over':
    case 'unreachable':
    case 'failed':
      return t(`call:shop.note.${note.kind}`);
    default:
      return cantHappen(note);
  }
}
