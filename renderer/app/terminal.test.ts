import { createORPCClient, ORPCError } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import type { Channel, Client } from './channel.ts';
import { createTerminal } from './terminal.ts';

/** A call that its backend answers when the test says so. */
interface Asked {
  readonly path: string;
  readonly input: unknown;
  answer(value?: unknown): void;
  refuse(code: string): void;
}

function startTerminal() {
  const asked: Asked[] = [];
  const wiped: string[] = [];
  const client: Client = createORPCClient({
    call: (path, input) =>
      new Promise((resolve, reject) => {
        asked.push({
          path: path.join('.'),
          input,
          answer: resolve,
          refuse: (code) => reject(new ORPCError(code, { defined: true })),
        });
      }),
  });
  const channel: Channel = { client, closed: new Promise<void>(() => undefined), close: () => undefined };
  const terminal = createTerminal({
    openChannel: () => Promise.resolve(channel),
    wait: () => new Promise(() => undefined),
    random: () => 0.5,
    newId: () => 'id',
    now: () => 0,
    onWipe: () => wiped.push(terminal.state.get().session?.sessionId ?? 'none'),
  });
  /** The next call of that name that nobody has taken yet. */
  const next = async (path: string): Promise<Asked> => {
    const at = await vi.waitFor(() => {
      const found = asked.findIndex((one) => one.path === path);
      expect(found, path).toBeGreaterThanOrEqual(0);
      return found;
    });
    const [one] = asked.splice(at, 1);
    if (one === undefined) throw new Error('it was there');
    return one;
  };
  const signIn = () => terminal.signIn({ loginId: 'a', password: 'b', language: 'ja' });
  /** As far as the look at the customer's contracts, which is under way. */
  const enter = async (sessionId: string) => {
    const signedIn = signIn();
    (await next('session.signIn')).answer({ sessionId });
    (await next('catalog.get')).refuse('INTERNAL_SERVER_ERROR');
    return { look: await next('session.view'), signedIn };
  };
  const shown = () => {
    const { session, endedUnasked } = terminal.state.get();
    return { sessionId: session?.sessionId ?? null, endedUnasked };
  };
  return { terminal, next, signIn, enter, shown, wiped };
}

describe('a customer whose answers come late', () => {
  it('is not the next one, who stays', async () => {
    const { terminal, enter, shown } = startTerminal();
    const before = await enter('first');
    terminal.end();
    const now = await enter('second');
    before.look.refuse('SESSION_GONE');
    await before.signedIn;
    terminal.sessionGone('first');
    expect(shown()).toEqual({ sessionId: 'second', endedUnasked: false });
    now.look.refuse('SESSION_GONE');
    await now.signedIn;
    expect(shown()).toEqual({ sessionId: null, endedUnasked: true });
  });

  it('has no receipt shown to the next one', async () => {
    const { terminal, enter } = startTerminal();
    await enter('first');
    terminal.end();
    await enter('second');
    const outcome = {
      ...{ applicationId: 'a', receiptNumber: 'T01-000000-0000-0', procedureId: 'plan.change' },
      state: 'accepted',
      reason: null,
      progress: null,
    } as const;
    terminal.outcome('first', outcome);
    expect(terminal.state.get().session?.applications).toEqual([]);
    terminal.outcome('second', outcome);
    expect(terminal.state.get().session?.applications).toEqual([outcome]);
  });

  it('leaves nothing entered to the next one', async () => {
    const { terminal, enter, wiped } = startTerminal();
    await enter('first');
    terminal.end();
    wiped.length = 0;
    await enter('second');
    expect(wiped).toEqual(['none']);
  });

  it('is not signed in after having left', async () => {
    const { terminal, next, signIn, shown } = startTerminal();
    const answer = signIn();
    const asked = await next('session.signIn');
    terminal.end();
    asked.answer({ sessionId: 'late' });
    expect(await answer).toEqual({ kind: 'left' });
    expect(shown()).toEqual({ sessionId: null, endedUnasked: false });
    expect((await next('session.end')).input).toEqual({ sessionId: 'late' });
  });
});

describe('staff whose answers come late', () => {
  const view = (staffSessionId: string) => ({
    ...{ staffSessionId, staffNumber: '1001', name: '窓口 花子', role: 'clerk', scope: 'counter', isOffline: false },
  });
  const atWork = async (staffSessionId: string, { terminal, next }: ReturnType<typeof startTerminal>) => {
    const signedIn = terminal.staff.signIn('1001', '248163', new AbortController().signal);
    (await next('staff.signIn')).answer(view(staffSessionId));
    expect(await signedIn).toEqual({ kind: 'ok' });
  };
  const customer = { number: '1000000003', identityMethod: 'drivers-licence', unverified: false } as const;

  it('show nobody’s contracts after they signed out', async () => {
    const started = startTerminal();
    const { terminal, next, shown } = started;
    await atWork('staff-1', started);
    const opening = terminal.staff.open(customer);
    const asked = await next('staff.openCustomer');
    terminal.staff.signOut();
    await atWork('staff-2', started);
    asked.answer({ sessionId: 'late' });
    expect(await opening).toEqual({ kind: 'gone' });
    expect(shown().sessionId).toBeNull();
    expect((await next('session.end')).input).toEqual({ sessionId: 'late' });
  });

  it('unlock nothing for who has gone back to the customer', async () => {
    const { terminal, next } = startTerminal();
    const form = new AbortController();
    const signedIn = terminal.staff.signIn('1001', '248163', form.signal);
    const asked = await next('staff.signIn');
    form.abort();
    asked.answer(view('staff-late'));
    expect(await signedIn).toEqual({ kind: 'left' });
    expect(terminal.state.get().staff).toBeNull();
    expect((await next('staff.signOut')).input).toEqual({ staffSessionId: 'staff-late' });
  });

  it('sign out nobody else, and nobody back in', async () => {
    const started = startTerminal();
    const { terminal, next } = started;
    await atWork('staff-1', started);
    const finding = terminal.staff.find('number', '1000000003');
    const asked = await next('staff.findCustomers');
    const comingBack = terminal.staff.comeBack('248163');
    const back = await next('staff.comeBack');
    terminal.staff.signOut();
    back.answer(view('staff-1'));
    await comingBack;
    expect(terminal.state.get().staff).toBeNull();
    await atWork('staff-2', started);
    asked.refuse('STAFF_GONE');
    expect(await finding).toEqual({ kind: 'gone' });
    expect(terminal.state.get().staff?.staffSessionId).toBe('staff-2');
  });
});
