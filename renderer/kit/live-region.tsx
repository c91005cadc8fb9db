export type LiveRegionProps = { message: string; politeness: 'polite' | 'assertive' };

/** Must be on the page before its message changes, or nothing is announced. */
export function LiveRegion({ message, politeness }: LiveRegionProps) {
  return (
    <div
      className="kit-visually-hidden"
      role={politeness === 'assertive' ? 'alert' : 'status'}
      aria-live={politeness}
      aria-atomic="true"
    >
      {message}
    </div>
  );
}
