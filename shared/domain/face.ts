/** Why a picture of the holder's face is taken anew, in the order in which it is told. */
export const FACE_FLAWS = ['dark', 'blurred', 'no-face', 'several-faces', 'too-far'] as const;
export type FaceFlaw = (typeof FACE_FLAWS)[number];

/** かたむきチェック (p.96): to which side the head is tilted, as whoever tilts it says left and right. */
export const TILT_SIDES = ['left', 'right'] as const;
export type TiltSide = (typeof TILT_SIDES)[number];

/** Why a tilted head is looked at anew, in the order in which it is told. */
export const TILT_FLAWS = [...FACE_FLAWS, 'other-face', 'not-tilted'] as const;
export type TiltFlaw = (typeof TILT_FLAWS)[number];

/** How a face goes with the one on the document: a hint to whoever compares them, and never a decision. */
export const LIKENESS = ['alike', 'unlike', 'no-face-on-document', 'not-compared'] as const;
export type Likeness = (typeof LIKENESS)[number];

/** What compared them, as it is on record. */
export const LIKENESS_METHOD = 'face-api 1.7.15';
