import { findOffering } from '../../domain/catalog.ts';
import { contractOfType, contractsOfType } from '../contracts-at-hand.ts';
import type { ProcedureContext } from '../procedure.ts';
import { presentTvCourses } from './courses.ts';

/** The columns of the manual's table (p.64): courses with みるプラス in them, without it, and fibre internet alone. */
export const VIDEO_SERVICES = ['plus-course', 'course', 'fibre-internet'] as const;
export type VideoService = (typeof VIDEO_SERVICES)[number];

export interface VideoUse {
  /** Of the customer's, all that let them use みるプラス. */
  readonly services: readonly VideoService[];
  /** 単品レンタル. A course of mini, standard or max may be cable television's too: central's catalog can't tell (p.64). */
  readonly rental: 'yes' | 'with-fibre-tv' | 'no';
  /** 見放題パックプライム: part of the course, paid for beside it, to be had for a price, or not at all. */
  readonly prime: 'included' | 'contracted' | 'option' | 'none';
}

const FAMILIES = { plus: ['mini-plus', 'standard-plus', 'max-plus'], plain: ['mini', 'standard', 'max'] };

export function hasFibreInternet(context: ProcedureContext): boolean {
  return contractsOfType(context, 'internet-course').some(({ offeringId }) => {
    const course = findOffering(context.catalog, offeringId);
    return course?.type === 'internet-course' && course.lineType === 'hikari';
  });
}

export function videoUse(context: ProcedureContext): VideoUse {
  const courses = presentTvCourses(context);
  const hasFibre = hasFibreInternet(context);
  // A course that is only in the list of changes is cable television's.
  const families = courses.filter(({ forNew }) => forNew).map(({ family }) => family);
  const services = [
    ...(families.some((family) => FAMILIES.plus.includes(family)) ? (['plus-course'] as const) : []),
    ...(families.some((family) => FAMILIES.plain.includes(family)) ? (['course'] as const) : []),
    ...(hasFibre ? (['fibre-internet'] as const) : []),
  ];
  return { services, rental: rentalOf(), prime: primeOf() };

  function rentalOf(): VideoUse['rental'] {
    if (services.length === 0) return 'no';
    return services.every((service) => service === 'course') ? 'with-fibre-tv' : 'yes';
  }

  function primeOf(): VideoUse['prime'] {
    if (courses.some(({ includesVideo }) => includesVideo)) return 'included';
    if (contractOfType(context, 'video-box') !== undefined) return 'contracted';
    return hasFibre ? 'option' : 'none';
  }
}
