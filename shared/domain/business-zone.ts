/** Where rules with a date are decided, whatever the machine's own zone is. Apart, so that texts need no calendar. */
export const BUSINESS_ZONE = 'Asia/Tokyo';
