import { writeSync } from 'node:fs';

const MOST_FAILURES = 10;

/**
 * A reporter for Vitest, which tells of failures at its end and waits for ever for a worker that is stuck. Told to end, it
 * says which tests weren't done by then, and the first of those that had failed.
 */
export default class UnfinishedTests {
  #modules = new Set();
  #failures = [];

  onInit() {
    process.once('SIGTERM', () => {
      for (const module of this.#modules) {
        const next = [...module.children.allTests()].find((test) => test.result().state === 'pending');
        say(`Not ended: ${nameOf(module)} > ${next?.fullName ?? '(all of its tests have)'}`);
      }
      for (const { test, reason } of this.#failures)
        say(`Failed: ${nameOf(test.module)} > ${test.fullName}: ${reason}`);
    });
  }

  onTestModuleStart(module) {
    this.#modules.add(module);
  }

  onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state !== 'failed' || this.#failures.length >= MOST_FAILURES) return;
    this.#failures.push({ test, reason: errors?.[0]?.message ?? '' });
  }

  onTestModuleEnd(module) {
    this.#modules.delete(module);
  }
}

function nameOf({ project, relativeModuleId }) {
  return `|${project.name}| ${relativeModuleId}`;
}

function say(line) {
  writeSync(2, `\n${line}\n`);
}
