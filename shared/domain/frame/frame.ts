/** A picture as the camera gives it: four bytes a pixel, red, green, blue, opacity. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

/** What the picture lacks before it can be taken, in the order in which it is told; `found`: nothing. */
export const GUIDANCE = [
  'dark',
  'none',
  'two-cards',
  'cut-off',
  'too-far',
  'tilted',
  'too-flat',
  'too-steep',
  'glare',
  'blurred',
  'same-side',
  'other-card',
  'found',
] as const;
export type Guidance = (typeof GUIDANCE)[number];
/** Why a picture can't be taken as it is. */
export const FLAWS = GUIDANCE.filter((one) => one !== 'found');
export type Flaw = (typeof FLAWS)[number];

/** Where the card lies, in shares of the picture's width. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
}

/** How a card looks from far away: enough to tell its one side from the other, too little to read. */
export type Looks = readonly number[];

/** What a picture is to show: a side of a document that lies there, a card's edge, for which it is held tilted, or a face. */
export type Wanted =
  | { readonly kind: 'side'; readonly otherSide: Looks | null }
  | { readonly kind: 'thickness'; readonly front: Looks }
  | { readonly kind: 'face' };

export type Judgement =
  | { readonly guidance: 'found'; readonly place: Place; readonly looks: Looks }
  | { readonly guidance: Flaw };

/** `ready`: nothing keeps it from being taken. Whether a face is on it is seen afterwards. */
export interface FaceJudgement {
  readonly guidance: 'dark' | 'blurred' | 'ready';
}
