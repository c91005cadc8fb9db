import { findOffering, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import { contractsKnown } from '../../domain/contract.ts';
import type { Notice } from '../../domain/notices.ts';
import type { FeeStart } from '../../domain/quote.ts';
import { manyOf } from '../answers.ts';
import { chosen, contractsOfType, hasOffering, isElsewhereOnly, offeringCard } from '../contracts-at-hand.ts';
import type { ChoiceOption, Draft, ProcedureContext } from '../procedure.ts';
import { contractMeant } from '../which-contract.ts';

/** Over fibre there are the courses for new contracts (p.52), over cable those of the list for changes (p.56). */
export const TV_LISTS = ['forNew', 'forChange'] as const;
export type TvList = (typeof TV_LISTS)[number];

/** コース × セットトップボックス of these lists; the present one is shown and can't be chosen. */
export function tvCourseCards(context: ProcedureContext, lists: readonly TvList[], presentId?: string): ChoiceOption[] {
  return offeringsOf(context.catalog, 'tv-course')
    .filter((course) => course.id === presentId || (course.sellable && lists.some((list) => course[list])))
    .map((course) =>
      offeringCard(context, course, {
        details: [
          ...(course.includesMagazine ? [{ id: 'includes-magazine' } as const] : []),
          ...(course.includesVideo ? [{ id: 'includes-video' } as const] : []),
        ],
        disabled: course.id === presentId ? 'current' : null,
      }),
    );
}

/** The course of each of the customer's TVs. */
export function presentTvCourses(context: ProcedureContext): OfferingOf<'tv-course'>[] {
  return contractsOfType(context, 'tv-course').map(({ offeringId }) =>
    chosen(context.catalog, offeringId, 'tv-course'),
  );
}

/** The course of the TV that is to be changed. */
export function tvCourseMeant(context: ProcedureContext, draft: Draft): OfferingOf<'tv-course'> | undefined {
  const contract = contractMeant(context, 'tv-course', draft);
  return contract === undefined ? undefined : chosen(context.catalog, contract.offeringId, 'tv-course');
}

/**
 * 表示される項目はご契約状況により異なる (p.56): what can follow that course. A course of both lists is taken over fibre
 * where nothing of cable's own can be had.
 */
export function listAfter(context: ProcedureContext, course: OfferingOf<'tv-course'>): TvList {
  const ofCable = offeringsOf(context.catalog, 'tv-course').filter(({ forNew }) => !forNew);
  const isFibre = !course.forChange || ofCable.every(({ id }) => isElsewhereOnly(context, id));
  return course.forNew && isFibre ? 'forNew' : 'forChange';
}

/** オプションチャンネル that the customer hasn't; club offers only for its members (p.62). */
export function channelCards(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const had = new Set(contractsOfType(context, 'tv-channel').map((contract) => contract.offeringId));
  const contained = channelsIn(context, stayingChannels(context, draft));
  const ordered = orderedChannels(context);
  return offeringsOf(context.catalog, 'tv-channel')
    .filter((channel) => isForCustomer(context, channel) && !had.has(channel.id) && !contained.has(channel.id))
    .map((channel) => {
      const waits = ordered.includes(channel.id) ? 'change-pending' : null;
      return offeringCard(context, channel, { disabled: channel.sellable ? waits : 'ask-staff' });
    });
}

function orderedChannels({ catalog, facts }: ProcedureContext): string[] {
  return contractsKnown(facts)
    .filter(
      ({ status, offeringId }) => status === 'created' && findOffering(catalog, offeringId)?.type === 'tv-channel',
    )
    .map(({ offeringId }) => offeringId);
}

function isForCustomer(context: ProcedureContext, { club }: OfferingOf<'tv-channel'>): boolean {
  if (club === 'none') return true;
  const levels = contractsOfType(context, 'club').map(({ offeringId }) => findOffering(context.catalog, offeringId));
  return levels.some((one) => one?.type === 'club' && (club === 'member' || one.level === 'platinum'));
}

/** The channels that come with these: the sets' own, and what a club offer is another price of. */
function channelsIn({ catalog }: ProcedureContext, ids: readonly string[]): ReadonlySet<string> {
  return new Set(
    ids.flatMap((id) => {
      const offering = findOffering(catalog, id);
      if (offering?.type !== 'tv-channel') return [];
      const { contains = [], sameChannelAs } = offering;
      return sameChannelAs === undefined ? contains : [...contains, sameChannelAs];
    }),
  );
}

/** TBSチャンネル1・2セット beside one of its channels, or a channel beside its club offer: chosen now, ordered before or had already. */
export function hasSetAndSingle(context: ProcedureContext, draft: Draft): boolean {
  const after = [...manyOf(draft['channels']), ...orderedChannels(context), ...stayingChannels(context, draft)];
  const contained = channelsIn(context, after);
  return after.some((id) => contained.has(id));
}

/** The customer's channels that don't end, neither with these answers nor before. */
function stayingChannels(context: ProcedureContext, { end }: Draft): string[] {
  const ending = new Set(manyOf(end));
  return contractsOfType(context, 'tv-channel').flatMap(({ id, offeringId, changePending }) =>
    // What can be pending of a channel is its end.
    changePending || ending.has(id) ? [] : [offeringId],
  );
}

/** Channels taken with a course are charged from the month of viewing, unlike the course (p.57, 63). */
export function feeStartWith(channels: readonly string[]): { feeStart?: FeeStart } {
  return channels.length === 0 ? {} : { feeStart: 'course-and-viewing-start' };
}

/** What someone who adds channels must know (p.63). */
export function channelNotices({ catalog }: ProcedureContext, channels: readonly string[]): Notice[] {
  if (channels.length === 0) return [];
  const isLater = channels.some((id) => {
    const channel = findOffering(catalog, id);
    return channel?.type === 'tv-channel' && channel.feeFrom === 'month-after-start';
  });
  return [
    { id: 'viewing-from-six' },
    { id: 'viewing-signal' },
    ...(isLater ? [{ id: 'star-channel-fee' } as const] : []),
  ];
}

/** The guide that the customer pays for becomes a part of the course (p.57). */
export function magazineNotices(context: ProcedureContext, course: OfferingOf<'tv-course'>): Notice[] {
  return course.includesMagazine && hasOffering(context, 'tv.magazine') ? [{ id: 'magazine-included' }] : [];
}
