/**
 * Findings come in; one sink a file brings them out as CSV, SARIF, OCSF or a webhook call. It is empty
 * until the finding rules land, after the first live scan.
 */
export {};
