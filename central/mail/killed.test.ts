import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, repriced, signIn } from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import { buildProgram, type Program } from '../testing/program.ts';
import { startTestSmtp, type TestSmtp } from '../testing/smtp-server.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { eventually } from '../../tests/setup/eventually.ts';

const CLAIM_MS = 10 * 60_000;

describe.skipIf(!hasPostgres())('a central that mails and is killed', () => {
  let program: Program;
  let smtp: TestSmtp;
  let central: TestCentral;

  beforeAll(async () => {
    program = await buildProgram();
    smtp = await startTestSmtp();
    central = await startTestCentral(await createTestDatabase('killed'), smtp.settings);
  });
  afterAll(async () => {
    await central.dispose();
    await smtp.close();
    program.dispose();
  });

  const serve = (env: Record<string, string>) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const rescueKey = join(central.dataDirectory, 'rescue.pem');
    writeFileSync(rescueKey, publicKey.export({ type: 'spki', format: 'pem' }));
    return program.start(['--port', '0', '--data', central.dataDirectory, '--public-url', 'https://bss.example'], {
      DATABASE_URL: central.databaseUrl ?? '',
      RESCUE_PUBLIC_KEY_FILE: rescueKey,
      ...env,
    });
  };

  it('keeps mails without a server, and says so; sends one again under its Message-ID that it was killed with', async () => {
    await smtp.goDown();
    const session = await signIn(central.url, 'taro@example.jp');
    const plan = { plan: 'bundle.hikari-triple-2g' };
    // An order that the demo's simulator leaves alone, so that this is the only mail.
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    expect((await postOrder(central.url, session, repriced(order, 16_240, 16_239))).status).toBe(201);
    await central.close();
    await smtp.comeBack();

    const without = await serve({ SMTP_URL: '' });
    expect((await call(`${without.url}/demo/mails`)).status).toBe(404);
    const ended = await without.end('SIGTERM');
    expect(ended.stderr).toContain('SMTP_URL');
    expect(smtp.deliveries).toEqual([]);

    smtp.treat({ kind: 'hang' });
    const running = await serve({
      SMTP_URL: `smtp://127.0.0.1:${smtp.settings.port}`,
      MAIL_FROM: 'Operator <no-reply@operator.example>',
    });
    await vi.waitFor(() => expect(smtp.deliveries).toHaveLength(1), { timeout: 10_000 });
    const killed = await running.end('SIGKILL');
    for (const personal of ['taro@example.jp', '佐藤', '1000000001']) expect(killed.stderr).not.toContain(personal);

    central = await central.restart();
    const operator = await central.tokens.forOperator(['tmf.read']);
    const states = async () => (await listMessages(central.url, operator)).map(({ state }) => state);
    expect(await states()).toEqual(['inProgress']);
    central.timers.fire();
    expect(smtp.deliveries).toHaveLength(1);
    central.clocks.advance(CLAIM_MS + 60_000);
    await eventually(async () => {
      central.timers.fire();
      expect(await states()).toEqual(['completed']);
    });
    const [first, second, ...others] = smtp.deliveries.map(({ messageId }) => messageId);
    expect(others).toEqual([]);
    expect(second).toBe(first);
  });
});
