/** Stands in the built page wherever a nonce belongs; each answer puts its own there. */
export const NONCE_PLACE = '{{csp-nonce}}';
