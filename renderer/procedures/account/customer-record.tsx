import { businessDate } from '../../../shared/domain/business-time.ts';
import { groupPhoneNumber } from '../../../shared/domain/phone-number.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import type { LoadedSession } from '../../app/loaded-session.ts';
import { ProcedureLinks } from '../../app/procedure-links.tsx';
import { Screen } from '../../app/screen.tsx';
import { useEveryProcedure } from '../../app/use-every-procedure.ts';
import { ActionBar, Button, Card, KeyValueList, Notice, Section } from '../../kit/index.ts';
import './customer-record.css';

/** What changes what, where it can be done here. */
const CONTACT = ['customer.change-contact'];
const ACCOUNT = ['account.change-id', 'account.change-password'];

/** お客さま情報の確認: what is on record, and what of it can be changed where (manual p.25). */
export function CustomerRecordView({ session, onLeave }: { session: LoadedSession; onLeave: () => void }) {
  const { t, language } = useLanguage();
  const procedures = useEveryProcedure(session);
  const { facts, record, asOf } = session.view;
  if (facts.kind === 'unknown' || record === null) return null;
  const { customer } = facts;
  const missing = t('customer-record:missing');
  const phone = (number: string | null) => (number === null ? missing : groupPhoneNumber(number));
  const linksTo = (ids: readonly string[]) => procedures.filter(({ id }) => ids.includes(id));
  return (
    <Screen
      id="customer.view"
      heading={t('procedures:customer.view.title')}
      lead={t('contracts:as-of', { date: formatDate(language, businessDate(asOf)) })}
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
      <div className="customer-record">
        <Section title={t('customer-record:contractor')}>
          <Card>
            <KeyValueList
              items={[
                { label: t('customer-record:number'), value: customer.number },
                { label: t('customer-record:name'), value: customer.name },
                { label: t('customer-record:kana'), value: customer.kana },
                { label: t('customer-record:address'), value: record.address ?? missing },
                { label: t('customer-record:phone'), value: phone(record.phone) },
              ]}
            />
          </Card>
          <Notice tone="info">
            <p>{t('customer-record:contractor-note')}</p>
          </Notice>
        </Section>
        <Section title={t('customer-record:contact')}>
          <Card>
            <KeyValueList
              items={[
                { label: t('customer-record:daytime-phone'), value: phone(record.daytimePhone) },
                { label: t('customer-record:email'), value: customer.contactEmail ?? missing },
                {
                  label: t('customer-record:news'),
                  value: record.wantsNews === null ? missing : t(`customer-record:news-${record.wantsNews}`),
                },
              ]}
            />
          </Card>
          <p className="customer-record__note">{t('customer-record:contact-note')}</p>
          <Change of={linksTo(CONTACT)} />
        </Section>
        <Section title={t('customer-record:account')}>
          <Card>
            <KeyValueList
              items={[
                { label: t('secrets:account.portal'), value: record.loginId ?? missing },
                { label: t('secrets:password'), value: t('customer-record:password') },
              ]}
            />
          </Card>
          <Change of={linksTo(ACCOUNT)} />
        </Section>
      </div>
    </Screen>
  );
}

/** Where nothing can be changed here, staff's ways are named. */
function Change({ of: procedures }: { of: ReturnType<typeof useEveryProcedure> }) {
  const { t } = useLanguage();
  if (procedures.length > 0) return <ProcedureLinks procedures={procedures} />;
  return <p className="customer-record__note">{t('customer-record:by-staff')}</p>;
}
