import { createContext, useContext } from 'react';

export type KeyboardHost = {
  isEnabled: boolean;
  attach: (input: HTMLInputElement) => void;
  detach: (input: HTMLInputElement) => void;
};

const noKeyboard: KeyboardHost = { isEnabled: false, attach: () => undefined, detach: () => undefined };

export const KeyboardContext = createContext<KeyboardHost>(noKeyboard);

export const useOnScreenKeyboard = (): KeyboardHost => useContext(KeyboardContext);
