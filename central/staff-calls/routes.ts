import { createHash } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  type OwnCallAnswer,
  raiseCallRequestSchema,
  type ShopCallsAnswer,
} from '../../shared/central-api/staff-calls.ts';
import { callIdSchema } from '../../shared/domain/staff-call.ts';
import { callerOf, TERMINAL_REVOKED } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, type TmfFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { Clocks, Timers } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import { findTerminal, standingOf } from '../terminals/terminal-store.ts';
import {
  answerCall,
  endCall,
  isEscalated,
  isHeard,
  noteListener,
  openCalls,
  raiseCall,
  type StaffCall,
  staffName,
} from './call-store.ts';
import { watchCalls } from './call-watch.ts';

type TerminalCaller = Extract<Caller, { kind: 'terminal' }>;
type CallParams = { Params: { id: string } };

const TERMINALS_ONLY = forbidden('Terminals call staff');
const TOO_MANY: TmfFailure = {
  status: 429,
  code: 'too-many-waiting',
  reason: 'Too many terminals wait at this central',
  headers: { 'retry-after': '10' },
};
const OTHERS_CALL: TmfFailure = { status: 409, code: 'conflict', reason: 'Another terminal has raised that call' };
const querySchema = z.object({ known: z.string().max(100).catch('') });

/** 係員を呼ぶ: terminals raise calls, staff terminals of the shop wait for them, staff answer. */
export function staffCallRoutes(
  app: FastifyInstance,
  { db, clocks, timers, logger }: { db: Database; clocks: Clocks; timers: Timers; logger: FastifyBaseLogger },
): void {
  const watch = watchCalls({ read: (shops) => openCalls(db, shops, clocks.system()), timers, logger });
  // A server that closes waits for its requests.
  app.addHook('preClose', (done) => {
    watch.stop();
    done();
  });

  const stateOf = (call: StaffCall | undefined): OwnCallAnswer['state'] => {
    if (call === undefined) return 'over';
    if (call.answered_by !== null) return 'answered';
    return isEscalated(call, clocks.system()) ? 'escalated' : 'calling';
  };
  const ownVersion = (id: string) => (calls: readonly StaffCall[]) => stateOf(calls.find((call) => call.id === id));
  const shopVersion = (calls: readonly StaffCall[]): string => {
    const states = unanswered(calls).map((call) => `${call.id} ${stateOf(call)}`);
    return createHash('sha256').update(states.join()).digest('base64url');
  };

  async function ownCall(caller: TerminalCaller, id: string): Promise<OwnCallAnswer> {
    const now = clocks.system();
    const calls = await openCalls(db, [caller.shop], now);
    const call = calls.find((one) => one.id === id && one.terminal_code === caller.terminal);
    const state = stateOf(call);
    return {
      version: state,
      state,
      staffName: call?.answered_by == null ? null : await staffName(db, call.answered_by),
      isHeard: await isHeard(db, caller.shop, now),
    };
  }

  /** @returns whether there is somebody to answer still; if not, the reply is sent */
  async function waited(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: TerminalCaller,
    question: { name: string; version: (calls: readonly StaffCall[]) => string },
  ): Promise<boolean> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const outcome = await watch.wait({
      question: `${caller.terminal} ${question.name}`,
      shop: caller.shop,
      known: querySchema.parse(request.query).known,
      version: question.version,
      signal: gone.signal,
    });
    if (outcome === 'too-many') {
      sendFailure(reply, TOO_MANY);
      return false;
    }
    if (outcome === 'closing') reply.header('connection', 'close');
    // It may have been taken out of service while it waited.
    if (standingOf(await findTerminal(db, caller.terminal)) === 'active') return true;
    sendFailure(reply, TERMINAL_REVOKED);
    return false;
  }

  app.put<CallParams>(`${CENTRAL_PATHS.calls}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = callIdSchema.safeParse(request.params.id);
    const asked = raiseCallRequestSchema.safeParse(request.body);
    if (!id.success || !asked.success) return sendFailure(reply, badRequest('A UUID and place are required'));
    const { place } = asked.data;
    if (!(await raiseCall(db, caller, { id: id.data, place }, clocks.system()))) return sendFailure(reply, OTHERS_CALL);
    watch.changed(caller.shop);
    return reply.send(await ownCall(caller, id.data));
  });

  app.delete<CallParams>(`${CENTRAL_PATHS.calls}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const { id } = request.params;
    await endCall(db, caller.terminal, id, clocks.system());
    watch.changed(caller.shop);
    return reply.send(await ownCall(caller, id));
  });

  app.get<CallParams>(`${CENTRAL_PATHS.calls}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const { id } = request.params;
    if (!(await waited(request, reply, caller, { name: 'own', version: ownVersion(id) }))) return reply;
    return reply.header('cache-control', 'no-store').send(await ownCall(caller, id));
  });

  app.get(CENTRAL_PATHS.calls, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    await noteListener(db, caller, clocks.system());
    if (!(await waited(request, reply, caller, { name: 'shop', version: shopVersion }))) return reply;
    const now = clocks.system();
    const calls = await openCalls(db, [caller.shop], now);
    const answer: ShopCallsAnswer = {
      version: shopVersion(calls),
      calls: unanswered(calls).map((call) => ({
        id: call.id,
        terminal: call.terminal_code,
        place: call.place,
        waitingSeconds: Math.max(0, Math.floor((now - call.raised_at.getTime()) / 1000)),
        isEscalated: isEscalated(call, now),
      })),
    };
    return reply.header('cache-control', 'no-store').send(answer);
  });

  app.post<CallParams>(`${CENTRAL_PATHS.staffCalls}/:id/answer`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff') return sendFailure(reply, forbidden('Staff answer calls'));
    const answered = await answerCall(db, caller, request.params.id, clocks.system());
    if (!answered.ok) return sendFailure(reply, NOT_FOUND);
    watch.changed(caller.shop);
    return reply.header('cache-control', 'no-store').send(answered.value);
  });
}

const unanswered = (calls: readonly StaffCall[]): StaffCall[] => calls.filter((call) => call.answered_by === null);
