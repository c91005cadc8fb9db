import type { Draft } from '../../shared/procedures/procedure.ts';
import type { ProcedureId } from '../../shared/procedures/registry.ts';

export interface Service {
  readonly id: ProcedureId;
  /** Last digit of the customer number. */
  readonly customer: number;
  readonly answers: Draft;
  /** What central is to book. */
  readonly items: readonly string[];
}

/**
 * One application for each service. A customer's first may give a new total; what follows for the same customer says
 * it later, so that nothing depends on which of them is carried out first.
 */
export const SERVICES: readonly Service[] = [
  {
    ...{ id: 'internet.change-course', customer: 1 },
    answers: { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' },
    items: ['modify internet.plus', 'modify modem.wifi'],
  },
  { id: 'tv.swap-box', customer: 1, answers: { box: 'tv.alpha-ace-stb' }, items: ['modify tv.alpha-ace-stb'] },
  {
    ...{ id: 'tv.options', customer: 1 },
    answers: {
      ...{ channels: 'tv-channel.kbs,tv-channel.toei', end: '' },
      start: 'tv-channel.kbs=next-day,tv-channel.toei=next-month',
    },
    items: ['add tv-channel.kbs', 'add tv-channel.toei'],
  },
  { id: 'push.apply', customer: 1, answers: { box: 'purchase' }, items: ['add push.tv-push'] },
  { id: 'video.apply-box', customer: 2, answers: {}, items: ['add video.prime-box'] },
  {
    ...{ id: 'tv.change-course', customer: 3 },
    answers: { course: 'tv.big-hitpot', channels: 'tv-channel.cnn' },
    items: ['modify tv.big-hitpot', 'add tv-channel.cnn'],
  },
  { id: 'tv.magazine', customer: 3, answers: { magazine: 'subscribe' }, items: ['add tv.magazine'] },
  { id: 'nhk.apply', customer: 3, answers: { payment: 'nhk.6-months' }, items: ['add nhk.6-months'] },
  { id: 'internet.change-ip-type', customer: 3, answers: { ipType: 'global' }, items: ['modify internet.just'] },
  { id: 'phone.apply', customer: 4, answers: {}, items: ['add phone.cable-plus'] },
  {
    ...{ id: 'internet.apply-other', customer: 5, answers: { course: 'internet.ftth-flets' } },
    items: ['add internet.ftth-flets', 'add discount.denki-guttowari'],
  },
  {
    ...{ id: 'tv.apply', customer: 5, answers: { course: 'tv.mini-hitpot', magazine: 'subscribe', channels: '' } },
    items: ['add tv.mini-hitpot', 'add tv.magazine'],
  },
  {
    ...{ id: 'energy.apply', customer: 5, answers: { services: 'energy.gas', gasType: 'ask' } },
    items: ['add energy.gas'],
  },
  {
    ...{ id: 'internet.apply', customer: 6 },
    answers: { course: 'internet.just', modem: 'modem.wifi', provision: 'rental' },
    items: ['add internet.just', 'add modem.wifi'],
  },
  {
    ...{
      id: 'home.apply',
      customer: 6,
      answers: { gateway: 'purchase', rented: 'home.controller=1,home.camera=2', bought: '' },
    },
    items: ['add home.service', 'add home.gateway', 'add home.controller', 'add home.camera', 'add home.camera'],
  },
  {
    ...{ id: 'internet.change-other', customer: 7, answers: { course: 'internet.value' } },
    items: ['modify internet.value'],
  },
  {
    ...{ id: 'home.add-devices', customer: 8, answers: { rented: 'home.speaker=1', bought: 'home.light=2' } },
    items: ['add home.speaker', 'add home.light', 'add home.light'],
  },
];
