import { businessDate } from '../../../shared/domain/business-time.ts';
import { presentTvCourses } from '../../../shared/procedures/tv/courses.ts';
import { VIDEO_SERVICES, videoUse } from '../../../shared/procedures/tv/video-use.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { type LoadedSession, useProcedureContext } from '../../app/loaded-session.ts';
import { offeringName } from '../../app/offering-name.ts';
import { ProcedureLinks } from '../../app/procedure-links.tsx';
import { Screen } from '../../app/screen.tsx';
import { useEveryProcedure } from '../../app/use-every-procedure.ts';
import { ActionBar, Button, Card, KeyValueList, Notice, NoticeList, Section } from '../../kit/index.ts';
import { VideoTable } from './video-table.tsx';
import './video-overview.css';

const PROCEDURES = ['video.apply-box', 'video.manage', 'video.reissue-password'];

/** みるプラス: what the customer's courses include, the ID, and what goes on from there (manual p.64). */
export function VideoOverview({ session, onLeave }: { session: LoadedSession; onLeave: () => void }) {
  const { t, language } = useLanguage();
  const context = useProcedureContext(session);
  const procedures = useEveryProcedure(session).filter(({ id }) => PROCEDURES.includes(id));
  const courses = presentTvCourses(context);
  const { services, rental, prime } = videoUse(context);
  const ids = session.view.accounts.filter(({ kind }) => kind === 'cable-id');
  return (
    <Screen
      id="video.view"
      heading={t('procedures:video.view.title')}
      lead={t('contracts:as-of', { date: formatDate(language, businessDate(session.view.asOf)) })}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={onLeave}>
              {t('back')}
            </Button>
          }
        />
      }
    >
      <div className="video-overview">
        <Section title={t('video:own')}>
          <Card>
            <KeyValueList
              items={[
                {
                  label: t('video:course'),
                  value: courses.map((course) => offeringName(course, language)).join('\n') || t('video:no-course'),
                },
                { label: t('video:prime.label'), value: t(`video:prime.${prime}`) },
                {
                  label: t('video:rental.label'),
                  value: t(`video:rental.${rental}`),
                },
                {
                  label: t('secrets:account.cable-id'),
                  value: ids.map(({ login }) => login).join('\n') || t('video:no-id'),
                },
              ]}
            />
          </Card>
          <ProcedureLinks procedures={procedures} />
        </Section>
        <Section title={t('video:table.title')}>
          <VideoTable services={VIDEO_SERVICES} own={services} />
        </Section>
        <NoticeList>
          <Notice tone="info">
            <p>{t('video:needs-fibre')}</p>
            <p>{t('video:needs-id')}</p>
            <p>{t('video:shared-id')}</p>
          </Notice>
          <Notice tone="attention">
            <p>{t('video:age-limits')}</p>
          </Notice>
        </NoticeList>
      </div>
    </Screen>
  );
}
