import { ChoiceGroup } from './choice-group.tsx';
import { Row, Rows, type RowsProps, type RowText } from './rows.tsx';
import './way-rows.css';

export type WayRow = RowText & { value: string; way: string | null };

export type WayRowsProps = Omit<RowsProps, 'children'> & {
  rows: readonly WayRow[];
  ways: readonly { value: string; name: string }[];
  onChange: (value: string, way: string) => void;
  /** The word on the chosen way: 「選択中」 */
  selectedLabel: string;
};

/** Each row in one of the ways. */
export function WayRows({ rows, ways, onChange, selectedLabel, ...around }: WayRowsProps) {
  return (
    <Rows {...around}>
      {rows.map((row) => (
        <Row key={row.value} text={row}>
          <div className="kit-way-rows__ways">
            <ChoiceGroup
              label={row.name}
              labelVisibility="hidden"
              layout="chips"
              value={row.way}
              onChange={(way) => onChange(row.value, way)}
              options={ways}
              selectedLabel={selectedLabel}
            />
          </div>
        </Row>
      ))}
    </Rows>
  );
}
