import { Agent, getGlobalDispatcher } from 'undici';
import { expect, it } from 'vitest';

it("a test fetches with Node's own fetch, also where undici was imported", () => {
  expect(getGlobalDispatcher()).not.toBeInstanceOf(Agent);
});
