/** Looked up by Node, promises and test runners on anything they are given. */
const ASKED_BY_OTHERS = new Set(['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType', '$$typeof']);

function refuseUnknown(name, base) {
  return new Proxy(base, {
    get(object, key, receiver) {
      if (typeof key === 'symbol' || key in object || ASKED_BY_OTHERS.has(key)) {
        return Reflect.get(object, key, receiver);
      }
      throw new Error(`electron stand-in: ${name}.${key} is not provided`);
    },
  });
}

/** Makes every instance of the class throw, by name, for what Electron has and the stand-in hasn't. */
export function strictClass(name, Class) {
  Object.setPrototypeOf(Class.prototype, refuseUnknown(name, Object.getPrototypeOf(Class.prototype)));
  return Class;
}

export function strictObject(name, members) {
  return Object.setPrototypeOf(members, refuseUnknown(name, Object.prototype));
}
