export interface StaffTables {
  staff: {
    number: string;
    name: string;
    role: string;
    shop: string;
    /** false: left, or barred; every sign-in and every token of theirs is refused from then on. */
    active: boolean;
    /** argon2id */
    pin_hash: string;
  };
}
