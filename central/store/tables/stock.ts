/** TMF687, and what orders hold of it. */
export interface StockTables {
  product_stocks: {
    id: string;
    offering_id: string;
    /** What no order holds yet. */
    available: number;
    /** Business time. */
    updated_at: Date;
  };
  stock_reservations: {
    order_id: string;
    offering_id: string;
    amount: number;
    /** `held` until the order is settled, then `used` or `released`. */
    state: 'held' | 'used' | 'released';
  };
}
