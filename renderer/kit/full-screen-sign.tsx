import { Dialog as AriaDialog, Heading as AriaHeading, Modal, ModalOverlay } from 'react-aria-components';
import type { ReactNode } from 'react';
import './overlay.css';
import './full-screen-sign.css';

export type FullScreenSignProps = { title: string; text: string; actions?: ReactNode };

/** Fills the screen so that it is read from across the shop; render it for as long as it shall stand. */
export function FullScreenSign({ title, text, actions }: FullScreenSignProps) {
  return (
    <ModalOverlay className="kit-overlay kit-overlay--sign" isOpen isKeyboardDismissDisabled>
      <Modal className="kit-sign">
        <AriaDialog className="kit-sign__dialog" role="alertdialog">
          <div className="kit-sign__message">
            <AriaHeading className="kit-sign__title" slot="title">
              {title}
            </AriaHeading>
            <p className="kit-sign__text">{text}</p>
          </div>
          {actions ? <div className="kit-sign__actions">{actions}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
