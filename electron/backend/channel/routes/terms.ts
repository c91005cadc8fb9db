import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { TermsLibrary } from '../../terms/terms-library.ts';

export function termsRoutes({ terms }: { terms: TermsLibrary }) {
  const os = implement(contract.terms);
  return os.router({
    get: os.get.handler(({ input }) => input.ids.map((id) => terms.get(id, input.language))),
  });
}
