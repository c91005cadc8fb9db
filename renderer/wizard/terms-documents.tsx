import { useState } from 'react';
import type { TermsDocument } from '../../shared/domain/terms.ts';
import { formatDate } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Sheet, TermsReader } from '../kit/index.ts';
import './wizard.css';

/** The documents to be read, and the one that is open. */
export function TermsDocuments(props: {
  readonly documents: readonly TermsDocument[];
  readonly isOpened: (document: TermsDocument) => boolean;
  readonly onOpen: (document: TermsDocument) => void;
}) {
  const { documents, isOpened, onOpen } = props;
  const { t, language } = useLanguage();
  const [reading, setReading] = useState<string | null>(null);
  const read = documents.find((document) => document.id === reading) ?? null;
  return (
    <>
      <TermsReader
        documents={documents.map((document) => ({
          id: document.id,
          title: document.title,
          versionLabel: t('wizard:terms.version', { date: versionText(document.version) }),
          opened: isOpened(document),
          openedLabel: t('wizard:terms.opened'),
          unopenedLabel: t('wizard:terms.unopened'),
        }))}
        onOpen={(id) => {
          const document = documents.find((one) => one.id === id);
          if (document === undefined) return;
          setReading(id);
          onOpen(document);
        }}
      />
      {read === null ? null : (
        <Sheet title={read.title} isOpen onClose={() => setReading(null)} closeLabel={t('close')}>
          {read.sample ? <p className="wizard-terms__sample">{t('wizard:terms.sample')}</p> : null}
          {read.paragraphs.map((paragraph) => (
            <section className="wizard-terms__paragraph" key={paragraph.heading}>
              <h3>{paragraph.heading}</h3>
              <p>{paragraph.body}</p>
            </section>
          ))}
        </Sheet>
      )}
    </>
  );

  function versionText(version: string): string {
    return /^\d{4}-\d{2}-\d{2}$/.test(version) ? formatDate(language, version) : version;
  }
}
