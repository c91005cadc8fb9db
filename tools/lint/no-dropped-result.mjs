import { ESLintUtils } from '@typescript-eslint/utils';

/** A `Result` that nobody looks at is a failure that nobody hears of. */
export const noDroppedResult = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: { dropped: 'This Result is dropped: look at `ok`, or hand it on.' },
  },
  defaultOptions: [],
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();
    const isResult = (type) => {
      const settled = checker.getAwaitedType(type) ?? type;
      const members = settled.isUnion() ? settled.types : [settled];
      return members.every((member) => {
        const discriminant = member.getProperty('ok');
        if (discriminant === undefined) return false;
        const kind = checker.typeToString(checker.getTypeOfSymbol(discriminant));
        return (
          (kind === 'true' || kind === 'false') && Boolean(member.getProperty('value') ?? member.getProperty('error'))
        );
      });
    };
    return {
      ExpressionStatement(node) {
        const { expression } = node;
        const dropped =
          expression.type === 'UnaryExpression' && expression.operator === 'void' ? expression.argument : expression;
        const call = dropped.type === 'AwaitExpression' ? dropped.argument : dropped;
        if (call.type === 'CallExpression' && isResult(services.getTypeAtLocation(call))) {
          context.report({ node, messageId: 'dropped' });
        }
      },
    };
  },
});
