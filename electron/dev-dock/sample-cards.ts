import { z } from 'zod';
import { sampleCardSchema } from '../backend/devices/id-reader/simulated-id-reader.ts';
import cards from './sample-cards.json' with { type: 'json' };

/** Documents of the demo's customers, by their names in the dock. None is a real person's. */
export const SAMPLE_CARDS = new Map(Object.entries(z.record(z.string(), sampleCardSchema).parse(cards)));
