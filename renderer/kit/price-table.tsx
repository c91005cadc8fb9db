import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import './price-table.css';

export type PriceLine = { id: string; label: string; before: string; after: string; isChanged: boolean };
export type PriceGroup = PriceLine & { changedLabel: string; lines: readonly PriceLine[] };

export type PriceTableProps = {
  caption: string;
  /** What it is, the present amount, the amount afterwards. */
  columns: readonly [string, string, string];
  groups: readonly PriceGroup[];
  expandLabel: string;
  collapseLabel: string;
};

export function PriceTable({ caption, columns, groups, expandLabel, collapseLabel }: PriceTableProps) {
  return (
    <div className="kit-price-table">
      <table>
        <caption className="kit-visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <GroupRows key={group.id} group={group} toggleLabels={{ expandLabel, collapseLabel }} />
        ))}
      </table>
    </div>
  );
}

type ToggleLabels = { expandLabel: string; collapseLabel: string };

function GroupRows({ group, toggleLabels }: { group: PriceGroup; toggleLabels: ToggleLabels }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <tbody data-changed={group.isChanged} data-open={isOpen}>
      <tr className="kit-price-table__group">
        <th scope="row">
          {group.lines.length === 0 ? (
            <span className="kit-price-table__label">
              <span className="kit-price-table__chevron" />
              <Name line={group} changedLabel={group.changedLabel} />
            </span>
          ) : (
            <AriaButton
              className="kit-price-table__toggle"
              aria-expanded={isOpen}
              aria-controls={group.lines.map((_, position) => `${id}-${position}`).join(' ')}
              onPress={() => setOpen(!isOpen)}
            >
              <span className="kit-price-table__chevron">
                <ChevronDown aria-hidden="true" />
              </span>
              <Name line={group} changedLabel={group.changedLabel} />
              <span className="kit-visually-hidden">
                {isOpen ? toggleLabels.collapseLabel : toggleLabels.expandLabel}
              </span>
            </AriaButton>
          )}
        </th>
        <td>{group.before}</td>
        <td>{group.after}</td>
      </tr>
      {group.lines.map((line, position) => (
        <tr
          className="kit-price-table__line"
          id={`${id}-${position}`}
          key={line.id}
          hidden={!isOpen}
          data-changed={line.isChanged}
        >
          <th scope="row">
            <span className="kit-price-table__label">
              <Name line={line} changedLabel={group.changedLabel} />
            </span>
          </th>
          <td>{line.before}</td>
          <td>{line.after}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Name({ line, changedLabel }: { line: PriceLine; changedLabel: string }) {
  return (
    <span className="kit-price-table__name">
      <span>{unbroken(line.label)}</span>
      {line.isChanged ? <span className="kit-price-table__changed">{changedLabel}</span> : null}
    </span>
  );
}

/** A phone number stays on one line. */
function unbroken(label: string): ReactNode[] {
  return label
    .split(/(\d+(?:-\d+)+)/)
    .map((part, index) => (index % 2 === 0 ? part : <bdi key={`${part} ${index}`}>{part}</bdi>));
}
