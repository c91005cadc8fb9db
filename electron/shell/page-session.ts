import { type Session, session } from 'electron';
import type { Logger } from '../backend/log/logger.ts';
import { APP_SCHEME } from './page-address.ts';
import { servePage } from './page-protocol.ts';
import { decidePermission, type PermissionQuestion } from './permissions.ts';

/** In memory only (no `persist:`): what a customer's page keeps is gone with the process at the latest. */
const PARTITION = 'page';

/** Chromium's side of the page: where its files come from, and what it may. */
export function createPageSession(input: {
  rendererDir: string;
  /** Whether the customer is at a screen that takes a picture. */
  isCapturing(): boolean;
  log: Logger;
}): Session {
  const { rendererDir, isCapturing, log } = input;
  const page = session.fromPartition(PARTITION, { cache: false });
  page.protocol.handle(APP_SCHEME, servePage(rendererDir));
  const ask = (question: PermissionQuestion): boolean => {
    const answer = decidePermission(question, isCapturing);
    if (!answer.allowed) log.warn({ permission: question.permission, why: answer.why }, 'permission denied');
    return answer.allowed;
  };
  page.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const origin = originOf(details.requestingUrl);
    answer(ask({ permission, origin, isMainFrame: details.isMainFrame, mediaTypes }));
  });
  page.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const mediaTypes = details.mediaType === undefined ? [] : [details.mediaType];
    return decidePermission({ permission, origin, isMainFrame: details.isMainFrame, mediaTypes }, isCapturing).allowed;
  });
  page.setDevicePermissionHandler(() => false);
  page.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  page.on('will-download', (event) => {
    event.preventDefault();
    log.warn({ code: 'download-refused' }, 'page');
  });
  return page;
}

function originOf(url: string): string {
  const address = URL.parse(url);
  return address === null ? '' : `${address.protocol}//${address.host}`;
}
