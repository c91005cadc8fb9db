import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import './frame.css';

export type FrameProps = {
  header: ReactNode;
  /** A strip above the actions, such as the offline notice. */
  banner?: ReactNode;
  priceStrip?: ReactNode;
  actions?: ReactNode;
  /** `low` brings every control into the lower 900 px of a tall screen. */
  reach: 'normal' | 'low';
  children: ReactNode;
};

export function Frame({ header, banner, priceStrip, actions, reach, children }: FrameProps) {
  const scroller = useRef<HTMLElement>(null);
  const more = useMoreBelow(scroller);
  return (
    <div className="kit-frame" data-reach={reach} data-more={more.isBelow}>
      <header className="kit-frame__header">{header}</header>
      <main className="kit-frame__main" ref={scroller} {...(more.isOverflowing ? { tabIndex: 0 } : {})}>
        <div className="kit-frame__content">{children}</div>
      </main>
      <footer className="kit-frame__bottom">
        {banner ? <div className="kit-frame__banner">{banner}</div> : null}
        {priceStrip ? <div className="kit-frame__price-strip">{priceStrip}</div> : null}
        {actions ? <div className="kit-frame__actions">{actions}</div> : null}
      </footer>
    </div>
  );
}

type More = { isOverflowing: boolean; isBelow: boolean };

/** Whether there is text out of sight, so that the edge can show it and a keyboard can scroll to it. */
function useMoreBelow(scroller: React.RefObject<HTMLElement | null>): More {
  const [more, setMore] = useState<More>({ isOverflowing: false, isBelow: false });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const { scrollHeight, clientHeight, scrollTop } = element;
      const next = {
        isOverflowing: scrollHeight > clientHeight + 1,
        isBelow: scrollHeight - clientHeight - scrollTop > 8,
      };
      setMore((last) => (last.isOverflowing === next.isOverflowing && last.isBelow === next.isBelow ? last : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller]);
  return more;
}
