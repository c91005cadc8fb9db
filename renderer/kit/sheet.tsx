import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading as AriaHeading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import './overlay.css';
import './sheet.css';

export type OverlayProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  closeLabel: string;
  actions?: ReactNode;
  role?: 'dialog' | 'alertdialog' | undefined;
  children: ReactNode;
};

/** A full-height page over the page, for reading: its text scrolls between a fixed title and fixed actions. */
export function Sheet({ title, isOpen, onClose, closeLabel, actions, role = 'dialog', children }: OverlayProps) {
  return (
    <ModalOverlay
      className="kit-overlay kit-overlay--sheet"
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <Modal className="kit-sheet">
        <AriaDialog className="kit-sheet__dialog" role={role}>
          <div className="kit-sheet__head">
            <AriaHeading className="kit-sheet__title" slot="title">
              {title}
            </AriaHeading>
            <Button variant="secondary" size="small" icon={<X />} onPress={onClose}>
              {closeLabel}
            </Button>
          </div>
          {/* Keyboard users scroll the text themselves: it holds nothing else to focus. */}
          <section className="kit-sheet__body" tabIndex={0} aria-label={title}>
            {children}
          </section>
          {actions ? <div className="kit-sheet__actions">{actions}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
