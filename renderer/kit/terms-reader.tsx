import { CircleCheck, FileText } from 'lucide-react';
import { LinkRow, LinkRows } from './link-row.tsx';
import './terms-reader.css';

export type TermsDocument = {
  id: string;
  title: string;
  versionLabel: string;
  opened: boolean;
  openedLabel: string;
  unopenedLabel: string;
};
export type TermsReaderProps = { documents: readonly TermsDocument[]; onOpen: (id: string) => void };

export function TermsReader({ documents, onOpen }: TermsReaderProps) {
  return (
    <LinkRows>
      {documents.map((document) => (
        <LinkRow
          key={document.id}
          title={document.title}
          description={document.versionLabel}
          icon={<FileText />}
          trailing={<OpenedState document={document} />}
          onPress={() => onOpen(document.id)}
        />
      ))}
    </LinkRows>
  );
}

function OpenedState({ document }: { document: TermsDocument }) {
  if (!document.opened) return <span className="kit-terms__state">{document.unopenedLabel}</span>;
  return (
    <span className="kit-terms__state kit-terms__state--opened">
      <CircleCheck aria-hidden="true" />
      {document.openedLabel}
    </span>
  );
}
