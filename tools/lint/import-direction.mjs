import { builtinModules } from 'node:module';
import path from 'node:path';
import { isTest, relativeToRoot, roomOf } from './rooms.mjs';

/** Imports go one way: each folder may use the ones that `rooms.mjs` lists, and nothing imports a shell. */
export const importDirection = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      direction: '{{from}} may import only {{may}}; this is {{to}}.',
      node: "{{from}} runs without Node: '{{source}}' isn't there. Pass it in as a function.",
      electron: "{{from}} runs in plain Node or a page: never import 'electron' there.",
      shell: 'Nothing imports a shell.',
    },
  },
  create(context) {
    const file = relativeToRoot(context.filename);
    const room = roomOf(file);
    const check = (node) => {
      const source = node?.value;
      if (typeof source === 'string') checkSource(context, { node, source, file, room });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};

function checkSource(context, { node, source, file, room }) {
  if (isTest(file) || room === undefined) return;
  const from = room.path;
  if (!source.startsWith('.')) {
    const isBuiltin = source.startsWith('node:') || builtinModules.includes(source.split('/')[0]);
    if (isBuiltin && !room.node) context.report({ node, messageId: 'node', data: { from, source } });
    if (/^electron($|\/)/.test(source) && !room.electron) {
      context.report({ node, messageId: 'electron', data: { from } });
    }
    return;
  }
  const target = relativeToRoot(path.resolve(path.dirname(context.filename), source));
  const to = roomOf(target)?.path;
  if (to !== undefined && room.may.includes(to)) return;
  if (to === 'electron/shell') {
    context.report({ node, messageId: 'shell' });
    return;
  }
  context.report({ node, messageId: 'direction', data: { from, may: room.may.join(', '), to: to ?? target } });
}
