import type { Json } from './json.ts';

export interface StaffDeskTables {
  customer_devices: {
    /** STB or Hit Pot ID, upper case. */
    id: string;
    customer_number: string;
  };
  /** The visit log (TMF683): what happened at a counter, written with its cause. */
  party_interactions: {
    id: string;
    /** Business time. */
    at: Date;
    kind: string;
    customer_number: string;
    shop: string | null;
    terminal_code: string | null;
    staff_number: string | null;
    session_id: string | null;
    order_id: string | null;
    details: Json;
  };
}
