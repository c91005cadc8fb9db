import { Check, Minus } from 'lucide-react';
import type { VideoService } from '../../../shared/procedures/tv/video-use.ts';
import { useLanguage } from '../../app/language.tsx';
import { Badge } from '../../kit/index.ts';
import './video-table.css';

type Included = 'included' | 'option' | 'usable' | 'no';

/** The manual's table (p.64), a row for each service so that no column gets narrow in a long language. */
const PRIME: Readonly<Record<VideoService, Included>> = {
  'plus-course': 'included',
  course: 'no',
  'fibre-internet': 'option',
};
const RENTAL: Readonly<Record<VideoService, Included>> = {
  'plus-course': 'usable',
  course: 'usable',
  'fibre-internet': 'option',
};

interface VideoTableProps {
  readonly services: readonly VideoService[];
  /** The customer's. */
  readonly own: readonly VideoService[];
}

export function VideoTable({ services, own }: VideoTableProps) {
  const { t } = useLanguage();
  return (
    <div className="video-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('video:table.service')}</th>
            <th scope="col">{t('video:table.prime')}</th>
            <th scope="col">{t('video:rental.label')}</th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={service} className={own.includes(service) ? 'video-table__own' : undefined}>
              <th scope="row">
                {t(`video:service.${service}`)}
                {own.includes(service) ? <Badge tone="brand">{t('video:table.yours')}</Badge> : null}
              </th>
              <Cell is={PRIME[service]} />
              <Cell is={RENTAL[service]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ is }: { is: Included }) {
  const { t } = useLanguage();
  return (
    <td>
      <span className="video-table__mark" aria-hidden="true">
        {is === 'no' ? <Minus /> : <Check />}
      </span>
      {t(`video:table.${is}`)}
    </td>
  );
}
