import type { FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Caller } from '../identity/caller.ts';
import { writeAudit } from '../store/audit.ts';
import { columnIs, findRow } from '../store/list-table.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { callerOf, mayWrite } from './authentication.ts';
import { firstIssue } from './first-issue.ts';
import { mergePatch } from './merge-patch.ts';
import type { ReadableResource, ReadContext } from './read-routes.ts';
import { sendCreated } from './reply.ts';
import { badRequest, forbidden, sendFailure, type TmfFailure } from './tmf-failure.ts';

/** What operators put in by hand. Its rules are the resource's own. */
export interface WritableResource<Value extends Readonly<Record<string, unknown>>> {
  /** Of a POST's body, and of what a merge patch leaves. */
  readonly schema: z.ZodType<Value>;
  /** Of the attributes that have no rule but their published form. What was kept earlier may be without it, and stays. */
  readonly attributes: z.ZodType;
  /** What the body alone doesn't tell: references, transitions. @param before null: it is new */
  check(
    transaction: DatabaseTransaction,
    after: Value,
    before: Value | null,
  ): Result<void, TmfFailure> | Promise<Result<void, TmfFailure>>;
  insert(transaction: DatabaseTransaction, id: string, value: Value): Promise<void>;
  /** Locks it until the transaction ends. */
  find(transaction: DatabaseTransaction, id: string): Promise<Result<Value, TmfFailure>>;
  update(transaction: DatabaseTransaction, id: string, value: Value): Promise<void>;
  remove(transaction: DatabaseTransaction, id: string): Promise<void>;
}

/** POST, PATCH (merge patch) and DELETE for operators, each one transaction with its line in the audit log. */
export function writeRoutes<Row, Value extends Readonly<Record<string, unknown>>>(
  app: FastifyInstance,
  { db, clocks, publicUrl }: ReadContext,
  { name, path, listed, ownerOf, render }: ReadableResource<Row>,
  writable: WritableResource<Value>,
): void {
  const refusal = forbidden(`Operators write ${name}`);
  /** As a GET shows it. */
  const written = async (transaction: DatabaseTransaction, caller: Caller, action: 'create' | 'change', id: string) => {
    const row = await findRow(transaction, listed, [columnIs(listed.key, id)]);
    if (row === null) throw new Error(`a ${name} was written and can't be found`);
    await writeAudit(transaction, caller, clocks.system(), {
      action,
      resource: name,
      resourceId: id,
      customerNumber: ownerOf(row),
    });
    return ok(render(row, `${publicUrl()}${path}/${encodeURIComponent(id)}`));
  };

  app.post(path, async (request, reply) => {
    const caller = callerOf(request);
    if (!mayWrite(caller)) return sendFailure(reply, refusal);
    const asked = writable.schema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest(firstIssue(asked.error)));
    const formed = writable.attributes.safeParse(asked.data);
    if (!formed.success) return sendFailure(reply, badRequest(firstIssue(formed.error)));
    const made = await db.transaction().execute(async (transaction) => {
      const checked = await writable.check(transaction, asked.data, null);
      if (!checked.ok) return checked;
      const id = uuidv7();
      await writable.insert(transaction, id, asked.data);
      return written(transaction, caller, 'create', id);
    });
    return made.ok ? sendCreated(reply, made.value) : sendFailure(reply, made.error);
  });

  app.patch<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    if (!mayWrite(caller)) return sendFailure(reply, refusal);
    const patch = z.record(z.string(), z.unknown()).safeParse(request.body);
    if (!patch.success) return sendFailure(reply, badRequest('A merge patch is an object'));
    const patched = await db.transaction().execute(async (transaction) => {
      const before = await writable.find(transaction, id);
      if (!before.ok) return before;
      const after = writable.schema.safeParse(mergePatch(before.value, patch.data));
      if (!after.success) return err(badRequest(firstIssue(after.error)));
      const changed = Object.entries(after.data).filter(([name]) => Object.hasOwn(patch.data, name));
      const formed = writable.attributes.safeParse(Object.fromEntries(changed));
      if (!formed.success) return err(badRequest(firstIssue(formed.error)));
      const checked = await writable.check(transaction, after.data, before.value);
      if (!checked.ok) return checked;
      await writable.update(transaction, id, after.data);
      return written(transaction, caller, 'change', id);
    });
    return patched.ok ? reply.send(patched.value) : sendFailure(reply, patched.error);
  });

  app.delete<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    if (!mayWrite(caller)) return sendFailure(reply, refusal);
    const removed = await db.transaction().execute(async (transaction) => {
      const found = await writable.find(transaction, id);
      if (!found.ok) return found;
      await writable.remove(transaction, id);
      await writeAudit(transaction, caller, clocks.system(), {
        action: 'remove',
        resource: name,
        resourceId: id,
        customerNumber: null,
      });
      return ok(undefined);
    });
    return removed.ok ? reply.code(204).send() : sendFailure(reply, removed.error);
  });
}

/** Whether a status follows its chart; staying is always allowed. @param before null: it is new */
export function followsChart<Status extends string>(
  chart: Readonly<Record<Status, readonly Status[]>>,
  after: Status,
  before: Status | undefined,
): Result<void, TmfFailure> {
  if (before === undefined || before === after || chart[before].includes(after)) return ok(undefined);
  return err({ status: 409, code: 'state-transition', reason: `What is ${before} does not become ${after}` });
}
