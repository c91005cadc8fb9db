import { Dialog as AriaDialog, Heading as AriaHeading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import type { OverlayProps } from './sheet.tsx';
import './overlay.css';
import './dialog.css';

/**
 * A question over the page. Closing is always the harmless answer; `actions` holds the other one. An alert has closing
 * as its main action, on the right where the page has its own; otherwise `actions` brings the main one.
 */
export function Dialog({ title, isOpen, onClose, closeLabel, actions, role = 'dialog', children }: OverlayProps) {
  return (
    <ModalOverlay
      className="kit-overlay kit-overlay--dialog"
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <Modal className="kit-dialog">
        <AriaDialog className="kit-dialog__dialog" role={role}>
          <AriaHeading className="kit-dialog__title" slot="title">
            {title}
          </AriaHeading>
          <div className="kit-dialog__body">{children}</div>
          <div className="kit-dialog__actions">
            {role === 'alertdialog' ? actions : null}
            <Button variant={role === 'alertdialog' ? 'primary' : 'secondary'} onPress={onClose}>
              {closeLabel}
            </Button>
            {role === 'dialog' ? actions : null}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
