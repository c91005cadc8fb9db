import { encode } from 'uqr';
import './qr-code.css';

export type QrCodeProps = {
  text: string;
  /** What it opens. */
  label: string;
};

/** Quiet zone in modules, as the standard wants it. */
const QUIET = 4;

/** To be read off the screen from an arm's length. Not among the kit's own exports: few screens have one. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="kit-qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <path d={dark.join('')} />
    </svg>
  );
}
