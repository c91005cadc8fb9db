export function keepPaints(): void;
