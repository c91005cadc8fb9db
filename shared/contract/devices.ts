import { oc } from '@orpc/contract';
import { z } from 'zod';
import { printOutcomeSchema } from './printing.ts';
import { staffSessionIdSchema } from './staff.ts';

/** Links of the chain to central, in the order in which they hold or break. */
export const CENTRAL_LINKS = ['name', 'connection', 'answer', 'token'] as const;
export const centralLinkSchema = z.enum(CENTRAL_LINKS);
export type CentralLink = z.infer<typeof centralLinkSchema>;

/** Why a link broke; its text is `devices:central.broken.<reason>` in the locales. */
export const brokenLinkSchema = z.enum([
  'name-unknown',
  /** The machine is there, and nothing listens at the port. */
  'refused',
  'no-route',
  /** TLS: the certificate is not of an authority that this terminal trusts, or for another name. */
  'certificate',
  'dropped',
  'silent',
  /** Somebody answers, but not central: a captive portal, a proxy. */
  'not-central',
  'failing',
  'token-refused',
]);
export type BrokenLink = z.infer<typeof brokenLinkSchema>;

const millisecondsSchema = z.number().min(0);

export const centralTestSchema = z.strictObject({
  /** The links that held, in their order, up to the one that broke. */
  held: z.array(z.strictObject({ link: centralLinkSchema, milliseconds: millisecondsSchema })),
  broken: z.strictObject({ link: centralLinkSchema, reason: brokenLinkSchema }).nullable(),
  /** Of the same small question, asked again and again where the whole chain holds. */
  roundTrips: z.array(millisecondsSchema),
});
export type CentralTest = z.infer<typeof centralTestSchema>;

export const diskTestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('written'),
    bytes: z.int().positive(),
    /** Until the disk itself said that it has them. */
    milliseconds: millisecondsSchema,
  }),
  z.strictObject({ kind: z.literal('failed'), reason: z.enum(['full', 'not-writable', 'broken', 'read-back']) }),
]);
export type DiskTest = z.infer<typeof diskTestSchema>;

export const clockTestSchema = z.discriminatedUnion('kind', [
  /** `aheadSeconds`: the machine's clock less central's. */
  z.strictObject({ kind: z.literal('compared'), aheadSeconds: z.int() }),
  z.strictObject({ kind: z.literal('no-answer') }),
]);
export type ClockTest = z.infer<typeof clockTestSchema>;

export const devicesSchema = z.strictObject({
  terminal: z.strictObject({ code: z.string(), shopName: z.string().nullable(), version: z.string() }),
  printer: z.strictObject({ carrier: z.enum(['network', 'device-file']), address: z.string() }),
  central: z.strictObject({
    /** Host and port. */
    address: z.string(),
    isSecure: z.boolean(),
    /** The same machine. */
    isLoopback: z.boolean(),
  }),
  disk: z.strictObject({
    /** null: the system doesn't say. */
    freeBytes: z.int().min(0).nullable(),
    databaseBytes: z.int().min(0),
  }),
  clock: z.strictObject({
    /** The machine's clock less the one that the terminal goes by. */
    aheadSeconds: z.int(),
  }),
});
export type Devices = z.infer<typeof devicesSchema>;

const ofStaff = z.strictObject({ staffSessionId: staffSessionIdSchema });
const errors = { STAFF_GONE: {}, STAFF_AWAY: {} } as const;

/** What stands at the counter and behind it, for staff at work; nothing of it is about a person. */
export const devicesContract = {
  look: oc.input(ofStaff).output(devicesSchema).errors(errors),
  testPrinter: oc.input(ofStaff).output(printOutcomeSchema).errors(errors),
  testCentral: oc.input(ofStaff).output(centralTestSchema).errors(errors),
  testDisk: oc.input(ofStaff).output(diskTestSchema).errors(errors),
  testClock: oc.input(ofStaff).output(clockTestSchema).errors(errors),
};
