import type { Json } from './json.ts';

/** What operators put in through TMF632 and TMF637, and the views that list it beside the customers' own. */
export interface OperatorRecordTables {
  individuals: {
    id: string;
    full_name: string;
    family_name: string;
    given_name: string;
    status: string;
    request: Json;
  };
  organizations: {
    id: string;
    trading_name: string;
    status: string;
    request: Json;
  };
  recorded_products: {
    id: string;
    name: string | null;
    status: string;
    offering_id: string | null;
    request: Json;
  };
  individual_list: { id: string };
  product_list: { id: string };
}
