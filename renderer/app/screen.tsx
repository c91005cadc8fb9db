import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { Badge, Frame, Header, Heading } from '../kit/index.ts';
import { brandName } from './brand.ts';
import { CallStaff } from './call-staff.tsx';
import { DisplaySettings, ReachContext } from './display-settings.tsx';
import { useLanguage } from './language.tsx';
import { ShopCalls } from '../staff/shop-calls.tsx';
import { StaffControls } from '../staff/staff-controls.tsx';
import { useStatusBanner } from './status-banner.tsx';
import { useTerminalState } from './terminal-context.tsx';
import './screen.css';

export interface ScreenProps {
  /** Another id is another screen: the heading takes the focus and the page starts at its top. */
  readonly id: string;
  readonly heading: string;
  /** Of the window, where the heading names the customer: browsers write titles to their disk. */
  readonly windowTitle?: string;
  readonly lead?: string | undefined;
  /** Before the heading: the steps of a procedure. */
  readonly above?: ReactNode;
  readonly priceStrip?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** What every screen has: language, 係員を呼ぶ, the state of the line, one heading, actions at the bottom. */
export function Screen(props: ScreenProps) {
  const { id, heading, windowTitle = heading, lead, above, priceStrip, actions, children } = props;
  const { language, t } = useLanguage();
  const { reach } = useContext(ReachContext);
  const { status, staff, calls } = useTerminalState();
  const statusBanner = useStatusBanner();
  const hasCalls = status?.mode === 'staff' && (calls.shop.length > 0 || calls.note !== null);
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed text (language) must not take the focus
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    title.current?.closest('main')?.scrollTo({ top: 0 });
  }, [id]);
  useEffect(() => {
    document.title = `${windowTitle} | ${brandName(language)}`;
  }, [windowTitle, language]);
  return (
    <Frame
      reach={reach}
      banner={
        hasCalls ? (
          <>
            <ShopCalls />
            {statusBanner}
          </>
        ) : (
          statusBanner
        )
      }
      priceStrip={priceStrip}
      actions={actions}
      header={
        <Header
          shopName={brandName(language)}
          actions={
            <>
              {status?.demo ? (
                <span className="screen-demo">
                  <Badge tone="attention">{t('demo')}</Badge>
                </span>
              ) : null}
              <DisplaySettings />
              {staff !== null ? <StaffControls staff={staff} /> : status?.mode === 'staff' ? null : <CallStaff />}
            </>
          }
        />
      }
    >
      {above}
      <Heading lang={language} lead={lead} ref={title}>
        {heading}
      </Heading>
      <div className="screen-body">{children}</div>
    </Frame>
  );
}
