import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../../shared/domain/language.ts';
import { TERMS_IDS, type TermsDocument, termsDocumentSchema, type TermsId } from '../../../shared/domain/terms.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

export interface TermsLibrary {
  get(id: TermsId, language: Language): TermsDocument;
}

/** Reads every document in every language at start: one that is missing must not show up before a customer. */
export function loadTerms(resourcesDir: string): Result<TermsLibrary, { code: 'terms-invalid'; file: string }> {
  const documents = new Map<string, TermsDocument>();
  for (const language of LANGUAGES) {
    for (const id of TERMS_IDS) {
      const file = join('terms', language, `${id}.json`);
      const document = readDocument(join(resourcesDir, file));
      if (document === null || document.id !== id) return err({ code: 'terms-invalid', file });
      documents.set(`${language}/${id}`, document);
    }
  }
  return ok({
    get: (id, language) => {
      const document = documents.get(`${language}/${id}`);
      if (document === undefined) throw new Error(`terms ${id} were not loaded`);
      return document;
    },
  });
}

function readDocument(path: string): TermsDocument | null {
  try {
    const parsed = termsDocumentSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
