/**
 * A Matrix and its Estate come in; findings with stable fingerprints come out. It is empty until the
 * finding rules land, after the first live scan.
 */
export {};
