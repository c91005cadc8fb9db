import type { Json } from './json.ts';

export interface BuildingTables {
  buildings: {
    /** The beginning of the addresses that it covers: a street, or a building. */
    address: string;
    line_types: Json;
  };
}
