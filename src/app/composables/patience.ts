/** How long a server may be silent while somebody sits before the screen and waits; one small file is the most it is sent. */
export const patience = { answerMs: 20_000, deedMs: 60_000 }
