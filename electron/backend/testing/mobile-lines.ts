import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import type { IdentifiedPerson, PictureKind, SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { VOICE_LINE } from '../../../tests/builders/mobile-lines.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import type { CounterRig } from './counter-rig.ts';

export const STAFF = { number: '1001', pin: '248163' };
/** As staff at a kiosk saw it. */
export const LICENCE: SeenDocument = {
  person: 'contractor',
  evidence: 'staff-eye',
  document: 'drivers-licence',
  sides: ['front', 'back'],
  supplementary: false,
  agrees: ['name', 'address'],
  says: { bornOn: 'S60.1.2' },
  override: null,
};

/** A customer of the demo's at the terminal. @returns the session */
export async function signInAs({ client }: CounterRig, login: string): Promise<string> {
  const who = { loginId: `${login}@example.jp`, password: 'Counter2026', language: 'ja' } as const;
  return (await client.session.signIn({ requestId: crypto.randomUUID(), ...who })).sessionId;
}

/** An application for a mobile line, as its screens make it. */
export function mobileLine({ client }: CounterRig, sessionId: string, answers: Draft = VOICE_LINE) {
  const applicationId = uuidv7();
  const of = { sessionId, applicationId };
  const entered = { ...of, procedureId: 'mobile.apply', answers };
  return {
    of,
    attest: (seen: readonly SeenDocument[], more: Partial<typeof STAFF & { answers: Draft }> = {}) =>
      client.identity.attest({ ...entered, ...STAFF, ...more, seen: [...seen] }),
    identify: () => client.identity.identify(entered),
    agree: () => client.captures.begin(of),
    photograph: async (side: PictureKind, content: Buffer<ArrayBuffer>, document = LICENCE.document) => {
      const shows = { person: 'contractor', document, side } as const;
      return (await client.captures.keep({ ...of, shows, picture: new File([content], 'picture') })).captureId;
    },
    taken: () => client.captures.taken(of),
    show: (captureId: string) => client.captures.show({ ...of, captureId }),
    discard: (person: IdentifiedPerson | null) => client.captures.discard({ ...of, person }),
    submit: async (captures: readonly string[] = []) => {
      const procedure = await loadProcedure('mobile.apply');
      const { catalog } = await client.catalog.get();
      const { facts } = await client.session.view({ sessionId });
      const context = { catalog, facts, ...timesAt(Date.now()) };
      const shown = procedure.quote(context, answers);
      if (!shown.ok) throw new Error(JSON.stringify(shown.error));
      const terms = await client.terms.get({ ids: [...procedure.termsFor(context, answers)], language: 'ja' });
      return client.applications.submit({
        ...{ ...entered, captures: [...captures], shownQuote: shown.value, language: 'ja' },
        terms: terms.map(({ id, version }) => ({ id, version })),
      });
    },
  };
}

/** What an operator asks of central. */
export async function askCentral(rig: CounterRig, path: string, method = 'GET', body?: unknown): Promise<unknown> {
  const answer = await fetch(new URL(path, rig.central), {
    method,
    headers: { authorization: `Bearer ${await rig.operatorToken()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Once it has come. */
export function orderOf(rig: CounterRig, receiptNumber: string): Promise<ProductOrder> {
  return eventually(async () => {
    const orders = z.array(productOrderSchema).parse(await askCentral(rig, `${CENTRAL_PATHS.productOrder}?limit=1000`));
    const found = orders.find(({ application }) => application?.receiptNumber === receiptNumber);
    if (found === undefined) throw new Error('not there yet');
    return found;
  });
}
