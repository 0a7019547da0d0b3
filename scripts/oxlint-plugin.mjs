// A lint rule of our own: the pure packages do not read the clock, and `new Date()` is how that slips in.
const noClock = {
  meta: {
    type: 'problem',
    messages: { clock: 'pure package: `new Date()` reads the clock; time is a parameter' },
  },
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.name === 'Date' && node.arguments.length === 0) {
        context.report({ node, messageId: 'clock' });
      }
    },
    CallExpression(node) {
      if (node.callee.name === 'Date') context.report({ node, messageId: 'clock' });
    },
  }),
};

export default {
  meta: { name: 'denyscope' },
  rules: { 'no-clock': noClock },
};
