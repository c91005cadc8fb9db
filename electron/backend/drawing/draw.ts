import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { DrawingJob } from './drawing-job.ts';

/** Reads only what the job needs: most terminals never make a document. */
export async function draw(job: DrawingJob): Promise<readonly Uint8Array[]> {
  switch (job.kind) {
    case 'slip': {
      const { encodeSlip } = await import('../printing/escpos-encoder.ts');
      return encodeSlip(job.slip, job.columns, job.language);
    }
    case 'a4': {
      const { writeA4 } = await import('../pdf/a4-document.ts');
      return [await writeA4(job.document)];
    }
    case 'judge': {
      const { judge } = await import('./judge-in-thread.ts');
      return [Buffer.from(JSON.stringify(await judge(job.picture, job.shows)))];
    }
    case 'faces': {
      const { compareFaces } = await import('../faces/compare-faces.ts');
      return [Buffer.from(await compareFaces(job.front, job.face))];
    }
    case 'tilt': {
      const { findTilt } = await import('../faces/compare-faces.ts');
      return [Buffer.from(await findTilt(job.face, job.tilted, job.to))];
    }
    default:
      return cantHappen(job);
  }
}
