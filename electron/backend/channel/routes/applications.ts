import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import { isProcedureId } from '../../../../shared/procedures/registry.ts';
import type { ApplicationDesk } from '../../applications/application-desk.ts';
import type { Logger } from '../../log/logger.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function applicationsRoutes(parts: { sessions: Sessions; desk: ApplicationDesk; log: Logger }) {
  const { sessions, desk, log } = parts;
  const os = implement(contract.applications);
  return os.router({
    submit: os.submit.handler(async ({ input, errors }) => {
      const { sessionId, ...submission } = input;
      const application = submission.applicationId;
      // The touch from which its life in the logs begins.
      const procedure = isProcedureId(submission.procedureId) ? submission.procedureId : null;
      log.info({ application, procedure }, 'application asked for');
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const result = await desk.submit(session, submission);
      if (result.ok) return result.value;
      const { error } = result;
      log.info({ application, code: error.code }, 'application not taken');
      switch (error.code) {
        case 'UNKNOWN_PROCEDURE':
          throw errors.UNKNOWN_PROCEDURE();
        case 'TERMS_INCOMPLETE':
          throw errors.TERMS_INCOMPLETE();
        case 'CAPTURES_MISSING':
          throw errors.CAPTURES_MISSING();
        case 'IDENTITY_MISSING':
          throw errors.IDENTITY_MISSING();
        case 'DISK_FULL':
          throw errors.DISK_FULL();
        case 'NOT_READY':
          throw errors.NOT_READY();
        case 'ALREADY_CORRECTED':
          throw errors.ALREADY_CORRECTED();
        case 'NOT_CORRECTABLE':
          throw errors.NOT_CORRECTABLE();
        case 'NOT_AVAILABLE':
          throw errors.NOT_AVAILABLE({ data: { reason: error.reason } });
        case 'INVALID_ANSWERS':
          throw errors.INVALID_ANSWERS({ data: { problems: [...error.problems] } });
        case 'QUOTE_CHANGED':
          throw errors.QUOTE_CHANGED({ data: { quote: error.quote } });
        default:
          return cantHappen(error);
      }
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const outcome = await desk.print(session, input.applicationId);
      if (!outcome.ok) throw errors.UNKNOWN_APPLICATION();
      return outcome.value;
    }),
  });
}
