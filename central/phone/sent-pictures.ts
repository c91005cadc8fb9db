import { createHash } from 'node:crypto';
import type { ExpressionBuilder } from 'kysely';
import {
  PHONE_PICTURE_PIXELS,
  PHONE_PICTURES_MOST,
  type PhoneFlaw,
  phoneFlawSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import {
  type IdentityDocument,
  identityDocumentSchema,
  type PictureKind,
} from '../../shared/domain/identity-policy.ts';
import { type Language, languageSchema } from '../../shared/domain/language.ts';
import { stripMetadata } from '../../shared/domain/picture/strip-metadata.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Seal } from '../identity/seal.ts';
import type { Clocks } from '../ports.ts';
import type { Database, Tables } from '../store/schema.ts';
import { type HandOverRow, sidesOf } from './hand-over-row.ts';
import { visitHash } from './hand-overs.ts';

/** Of one side, as the phone sees it. */
export type SideStanding =
  | { readonly side: PictureKind; readonly state: 'missing' | 'waiting' | 'kept'; readonly flaw: null }
  | { readonly side: PictureKind; readonly state: 'refused'; readonly flaw: PhoneFlaw };

export interface Visit {
  readonly language: Language;
  readonly document: IdentityDocument;
  readonly isDone: boolean;
  readonly sides: readonly SideStanding[];
}

/** What the phone that claimed a hand-over may do with it. */
export interface SentPictures {
  /** It is being used. null: it is over. */
  visit(token: string): Promise<Visit | null>;
  /** Stripped before it is written anywhere; the terminal judges the rest. */
  take(token: string, side: string, bytes: Buffer): Promise<Result<void, 'over' | PhoneFlaw>>;
}

export function createSentPictures({
  db,
  clocks,
  seal,
}: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly seal: Seal;
}): SentPictures {
  const find = (token: string): Promise<HandOverRow | undefined> =>
    db
      .selectFrom('phone_hand_overs')
      .selectAll()
      .where('visit_hash', '=', visitHash(token))
      .where('expires_at', '>', new Date(clocks.system()))
      // Of those that one form began, the one before says nothing any more.
      .orderBy('expires_at', 'desc')
      .limit(1)
      .executeTakeFirst();

  return {
    visit: async (token) => {
      const row = await find(token);
      if (row === undefined) return null;
      await db
        .updateTable('phone_hand_overs')
        .set((own) => ({ heard: own('heard', '+', 1) }))
        .where('id', '=', row.id)
        .execute();
      const pictures = await db
        .selectFrom('phone_pictures')
        .select(({ eb }) => ['side', 'flaw', eb('sealed_content', 'is not', null).as('waits')])
        .where('hand_over_id', '=', row.id)
        .execute();
      return {
        language: languageSchema.parse(row.language),
        document: identityDocumentSchema.parse(row.document),
        isDone: row.done_at !== null,
        sides: sidesOf(row).map((side): SideStanding => {
          const picture = pictures.find((one) => one.side === side);
          if (picture === undefined) return { side, state: 'missing', flaw: null };
          if (picture.flaw !== null) return { side, state: 'refused', flaw: phoneFlawSchema.parse(picture.flaw) };
          return { side, state: picture.waits === true ? 'waiting' : 'kept', flaw: null };
        }),
      };
    },

    take: async (token, side, bytes) => {
      const found = await find(token);
      if (found === undefined || !sidesOf(found).some((one) => one === side)) return err('over');
      const isOpen = (eb: ExpressionBuilder<Tables, 'phone_hand_overs'>) =>
        eb.and([
          ...[eb('id', '=', found.id), eb('visit_hash', '=', visitHash(token)), eb('done_at', 'is', null)],
          eb('expires_at', '>', new Date(clocks.system())),
        ]);
      // Counted before it is looked at: taking bytes apart is what costs.
      const counted = await db
        .updateTable('phone_hand_overs')
        .set((own) => ({ pictures: own('pictures', '+', 1) }))
        .where(isOpen)
        .where('pictures', '<', PHONE_PICTURES_MOST)
        .returning('id')
        .executeTakeFirst();
      if (counted === undefined) return err('over');
      const picture = stripMetadata(bytes);
      if (!picture.ok) return err('torn');
      const { content, mediaType, width, height } = picture.value;
      if (Math.max(width, height) < PHONE_PICTURE_PIXELS) return err('too-small');
      const hash = createHash('sha256').update(content).digest('hex');
      const sealed = seal.seal(Buffer.from(content).toString('base64'));
      return db.transaction().execute(async (transaction) => {
        const open = await transaction
          .selectFrom('phone_hand_overs')
          .select('id')
          .where(isOpen)
          .forUpdate()
          .executeTakeFirst();
        if (open === undefined) return err('over');
        const others = await transaction
          .selectFrom('phone_pictures')
          .select('side')
          .where('hand_over_id', '=', found.id)
          .where('hash', '=', hash)
          .where('side', '<>', side)
          .where('flaw', 'is', null)
          .execute();
        if (others.length > 0) return err('same-side');
        await transaction
          .insertInto('phone_pictures')
          .values({ hand_over_id: found.id, side, hash, media_type: mediaType, sealed_content: sealed, flaw: null })
          .onConflict((conflict) =>
            conflict
              .columns(['hand_over_id', 'side'])
              .doUpdateSet({ hash, media_type: mediaType, sealed_content: sealed, flaw: null })
              // What the terminal keeps already stays.
              .where(({ eb, or }) =>
                or([eb('phone_pictures.sealed_content', 'is not', null), eb('phone_pictures.flaw', 'is not', null)]),
              ),
          )
          .execute();
        return ok(undefined);
      });
    },
  };
}
