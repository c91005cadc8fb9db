import type { Json } from './json.ts';

/** What operators prepare through TMF620. */
export interface CatalogRecordTables {
  catalog_records: {
    id: string;
    kind: string;
    /** Business time. */
    last_update: Date;
    content: Json;
  };
}
