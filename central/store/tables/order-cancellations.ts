/** TMF622's cancelProductOrder. */
export interface OrderCancellationTables {
  order_cancellations: {
    id: string;
    order_id: string;
    customer_number: string | null;
    state: string;
    reason: string | null;
    /** As it was asked for. */
    requested_at: Date | null;
    /** Business time; null: the order isn't cancelled. */
    effective_at: Date | null;
  };
}
