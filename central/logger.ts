import { destination, type DestinationStream, type Logger, pino } from 'pino';

/** Names of members whose values never reach a log, at the top or one level down. */
const PERSONAL = [
  'authorization',
  'password',
  'present',
  'next',
  'pin',
  'proof',
  'answer',
  'loginId',
  'name',
  'familyName',
  'givenName',
  'kana',
  'phone',
  'daytimePhone',
  'email',
  'address',
  'contactEmail',
  'customerNumber',
  'accessToken',
  'submissionGrant',
];

/** Logs go to stderr: stdout carries the ready line alone. */
export function createLogger(to: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino({ redact: [...PERSONAL, ...PERSONAL.map((name) => `*.${name}`)] }, to);
}
