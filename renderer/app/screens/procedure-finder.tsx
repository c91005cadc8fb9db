import { FileText, House, Layers, Phone, Smartphone, Tv, Wifi, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { PROCEDURE_AREAS, type ProcedureArea, type Purpose, PURPOSES } from '../../../shared/procedures/procedure.ts';
import { ChoiceGroup, LinkRow, LinkRows, Notice, Section, TextField } from '../../kit/index.ts';
import { useLanguage } from '../language.tsx';
import { go, procedureHash } from '../route.ts';
import { holdsWords } from '../search-words.ts';

const EVERYTHING = 'all';

export interface FoundProcedure {
  readonly id: Parameters<typeof procedureHash>[0];
  readonly area: ProcedureArea;
  readonly purposes: readonly Purpose[];
  /** Text key of why it can't be done now, and what to do instead. */
  readonly unavailable: string | null;
}

/** Every procedure by service, narrowed by what someone comes for and by words. */
export function ProcedureFinder({
  procedures,
  children,
}: {
  procedures: readonly FoundProcedure[];
  /** Stands above the search. */
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState('');
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const wordsOf = (id: string): string =>
    [`procedures:${id}.title`, `procedures:${id}.description`, `search:${id}`].map((key) => t(key)).join(' ');
  const found = procedures.filter(
    ({ id, purposes }) => (purpose === null || purposes.includes(purpose)) && holdsWords(wordsOf(id), typed),
  );
  const areas = PROCEDURE_AREAS.map((area) => ({
    area,
    own: found.filter((entry) => entry.area === area).toSorted(availableFirst),
  })).filter(({ own }) => own.length > 0);
  return (
    <>
      <search className="home__find">
        {children}
        <TextField
          label={t('home:find.label')}
          description={t('home:find.hint')}
          type="text"
          name="search"
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
        <ChoiceGroup
          label={t('home:find.purpose')}
          labelVisibility="hidden"
          layout="chips"
          value={purpose ?? EVERYTHING}
          onChange={(value) => setPurpose(PURPOSES.find((one) => one === value) ?? null)}
          options={[EVERYTHING, ...PURPOSES].map((value) => ({ value, name: t(`home:purpose.${value}`) }))}
          selectedLabel={t('choice:selected')}
        />
      </search>
      <div className="home__found">
        {purpose === 'trouble' ? <Notice tone="info">{t('home:find.help')}</Notice> : null}
        {areas.length === 0 && procedures.length > 0 ? (
          <Notice tone="info" title={t('home:find.none-title')}>
            {t('home:find.none-text')}
          </Notice>
        ) : null}
        {areas.map(({ area, own }) => (
          <Section key={area} title={t(`home:area.${area}`)}>
            <LinkRows>
              {own.map(({ id, unavailable }) => (
                <LinkRow
                  key={id}
                  title={t(`procedures:${id}.title`)}
                  description={t(`procedures:${id}.description`)}
                  icon={<AreaIcon area={area} />}
                  isDisabled={unavailable !== null}
                  reason={unavailable === null ? undefined : t(unavailable)}
                  onPress={() => go(procedureHash(id))}
                />
              ))}
            </LinkRows>
          </Section>
        ))}
      </div>
    </>
  );
}

function availableFirst(one: FoundProcedure, other: FoundProcedure): number {
  return Number(one.unavailable !== null) - Number(other.unavailable !== null);
}

function AreaIcon({ area }: { area: ProcedureArea }) {
  switch (area) {
    case 'plan':
      return <Layers />;
    case 'internet':
      return <Wifi />;
    case 'mobile':
      return <Smartphone />;
    case 'phone':
      return <Phone />;
    case 'tv':
      return <Tv />;
    case 'home':
      return <House />;
    case 'energy':
      return <Zap />;
    case 'other':
      return <FileText />;
    default:
      return cantHappen(area);
  }
}
