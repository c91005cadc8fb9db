import { createPublicKey } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication } from '../../../electron/backend/testing/sync-rig.ts';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { digestOf, type Fate } from './oracle-central.ts';
import type { Shop } from './shop.ts';
import { GRANT, PICTURE, type Taken } from './taken.ts';
import { EPOCH } from './world.ts';

const CUSTOMERS = 3;
/** Less than a part, and more than one. */
const PICTURE_BYTES = [400, 140_000] as const;

const rescueKey = createPublicKey(RESCUE_PUBLIC_PEM);

const FATES: readonly [readonly [number, Fate], ...(readonly [number, Fate])[]] = [
  [70, 'accept'],
  [6, 'hold-then-accept'],
  [4, 'hold-then-reject'],
  [4, 'unprocessable'],
  [3, 'bad-request'],
  [3, 'forbidden'],
  [2, 'not-found'],
  [3, 'too-large'],
  [3, 'conflict'],
  [3, 'poison'],
];

/** Someone applies. */
export function apply(shop: Shop): void {
  const customer = shop.choices.between(1, CUSTOMERS);
  const id = newId(shop);
  if (shop.running.isAlive()) submit(shop, remember(shop, id, numberOf(shop, customer)));
}

/**
 * Somebody whom central has nothing to say against.
 * @param customer of this shop, from 1
 * @param remarks in the body, which makes it as long as a real one
 */
export function applyAs(shop: Shop, customer: number, remarks = ''): Taken {
  const taken = remember(shop, newId(shop), numberOf(shop, customer), { fate: 'accept' });
  submit(shop, taken, remarks);
  return taken;
}

/** The same, by somebody who never applied here before. */
export const applyAnew = (shop: Shop): Taken => applyAs(shop, CUSTOMERS + 1);

/** Also once more, with the same id, by a page that never had an answer. */
export function submit(shop: Shop, taken: Taken, remarks = ''): void {
  const { world, findings } = shop.parts;
  const { running, choices } = shop;
  const { id } = taken;
  const isTwice = choices.chance(0.3);
  if (!running.isAlive() || !takePictures(shop, taken)) return;
  const now = running.clock.now();
  let body = '';
  const plain = anApplication(RESCUE_PUBLIC_PEM, { applicationId: id, customerNumber: taken.customerNumber });
  const input = {
    ...plain,
    terminalCode: shop.name,
    day: businessDate(now),
    capturedAt: now,
    grant: GRANT,
    corrects: taken.corrects === null ? null : { applicationId: taken.corrects, staffNumber: '1001' },
    freeze: (receiptNumber: string, replaces: string | null, captures: readonly string[]) => {
      body = plain.freeze(receiptNumber, replaces, captures).replace(/\}$/, `,"remarks":"${remarks}"}`);
      return body;
    },
  };
  const rowsBefore = rowCount(shop);
  const result = running.outbox.enqueue(input);
  // The page never heard of it.
  if (!running.isAlive()) return;
  if (!result.ok) {
    findings.try(`enqueue refused: ${result.error.code}`);
    world.note(`${shop.name} refused ${id} ${result.error.code}`);
    // Nor does what was to be corrected have to be as staff saw it any more.
    const mayBe = taken.corrects !== null && ['already-corrected', 'not-correctable'].includes(result.error.code);
    findings.check(
      'full_disk_refuses_before_ack',
      (mayBe || (shop.isDiskFull && result.error.code === 'disk-full')) && rowCount(shop) === rowsBefore,
      `${id} was refused (${result.error.code}) with ${rowCount(shop) - rowsBefore} rows more`,
    );
    return;
  }
  world.note(`${shop.name} promised ${id}`);
  taken.receiptNumber = result.value.receiptNumber;
  if (body !== '') taken.digest = digestOf(body);
  running.worker.wake();
  if (!isTwice) return;
  findings.try('enqueue repeated');
  const repeat = running.outbox.enqueue(input);
  const isSame = repeat.ok && repeat.value.receiptNumber === taken.receiptNumber;
  if (running.isAlive()) findings.check('acked_exactly_once_at_central', isSame, `${id} was promised twice`);
}

/** Before it is applied for. false: nobody can apply now. */
function takePictures({ running, parts }: Shop, { id, pictures }: Taken): boolean {
  for (const [at, bytes] of pictures.entries()) {
    const content = Buffer.alloc(bytes, `${PICTURE} ${at} of ${id} `);
    const kept = running.captures.keep({
      applicationId: id,
      picture: { mediaType: 'image/jpeg', content },
      rescueKey: { id: 'rescue-1', publicKey: rescueKey },
    });
    if (!running.isAlive()) return false;
    parts.findings.try(kept.ok ? 'picture taken' : `picture refused: ${kept.error}`);
    if (!kept.ok) return false;
  }
  return true;
}

export function remember(
  shop: Shop,
  id: string,
  customerNumber: string,
  given: { readonly isOld?: boolean; readonly corrects?: string; readonly fate?: Fate } = {},
): Taken {
  const fate = given.fate ?? shop.choices.weighted(FATES);
  // What is corrected hands its own over; the others of this kind never had any.
  const hasNone = Object.keys(given).length > 0;
  const taken: Taken = {
    id,
    customerNumber,
    receiptNumber: null,
    digest: null,
    isWithdrawn: false,
    isUnreadable: false,
    isOld: given.isOld ?? false,
    corrects: given.corrects ?? null,
    isPlain: fate === 'accept' || fate === 'poison',
    pictures: hasNone || !shop.camera.chance(0.25) ? [] : [PICTURE_BYTES[0], shop.camera.pick(PICTURE_BYTES)],
  };
  shop.taken.push(taken);
  shop.parts.central.decide(id, fate);
  shop.parts.findings.try(`central's word: ${fate}`);
  return taken;
}

export const numberOf = ({ name }: Shop, customer: number): string =>
  `87${name.slice(1)}${String(customer).padStart(6, '0')}`;

export function newId({ choices, parts }: Shop): string {
  const random = Uint8Array.from({ length: 16 }, () => choices.between(0, 255));
  return uuidv7({ msecs: EPOCH + parts.world.now(), random, seq: choices.between(0, 0xff_ff) });
}

const rowCount = ({ running }: Shop): number => Number(running.db.prepare('select count(*) from outbox').pluck().get());
