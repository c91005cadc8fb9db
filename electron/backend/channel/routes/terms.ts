import { implement } from '@orpc/server';
import { termsContract } from '../../../../shared/contract/terms.ts';
import type { TermsLibrary } from '../../terms/terms-library.ts';

export function termsRoutes({ terms }: { terms: TermsLibrary }) {
  const os = implement(termsContract);
  return os.router({
    get: os.get.handler(({ input }) => input.ids.map((id) => terms.get(id, input.language))),
  });
}
